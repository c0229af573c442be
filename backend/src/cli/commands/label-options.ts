import { STRATEGIES } from '@secxops/protocol/label-words'
import { Option } from 'commander'

export const baseOption = (): Option => new Option('--base <name>', 'reference base').makeOptionMandatory()

export const strategyOption = (): Option =>
  new Option('--strategy <name>', 'how an answer is made; default: that of the base').choices([...STRATEGIES])
