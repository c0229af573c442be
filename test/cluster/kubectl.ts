import { join } from 'node:path'
import { output } from './output.ts'
import { BIN, KUBECONFIG } from './places.ts'

/** Runs kubectl on our own cluster as its administrator; `input` is its stdin. Answers what it printed. */
export function kubectl(args: string[], input?: string): Promise<string> {
  return output(join(BIN, 'kubectl'), ['--kubeconfig', KUBECONFIG, ...args], input)
}
