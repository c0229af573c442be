import { Name } from '@secxops/protocol/names'
import { SecxopsError } from '@secxops/protocol/secxops-error'

/** Refuses a `--name` that no module, dataset or model can have, in the words of the option. */
export function refuseBadName(name: string): void {
  const { error } = Name.safeParse(name)
  if (error) throw new SecxopsError({ code: 'bad-request', message: `--name ${name}: ${error.issues[0]?.message}.` })
}
