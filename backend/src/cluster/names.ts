import { createHash } from 'node:crypto'
import { SecxopsError } from '@secxops/protocol/secxops-error'

declare const checked: unique symbol
/** A text that is a Kubernetes name: it cannot leave its place in a path (`..`, `/`, `%` and the empty text are none). */
export type KubeName = string & { readonly [checked]: true }

const SUBDOMAIN = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/

/** Rejects with bad-name what is no Kubernetes name. `what`: what it names, for the message. */
export function kubeName(text: string, what: string): KubeName {
  if (text.length <= 253 && SUBDOMAIN.test(text)) return text as KubeName
  throw new SecxopsError({
    code: 'bad-name',
    message: `${JSON.stringify(text)} is no name of a ${what}: use lower-case letters, digits and "-".`,
  })
}

/** 128 bits that stand for some texts; a name and a label value. */
export function hashName(...parts: string[]): KubeName {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32) as KubeName
}

/** A path of the API. Everything that is put in is a checked name. */
export const apiPath = (texts: TemplateStringsArray, ...names: KubeName[]): ApiPath =>
  String.raw({ raw: texts }, ...names) as ApiPath

declare const path: unique symbol
export type ApiPath = string & { readonly [path]: true }
