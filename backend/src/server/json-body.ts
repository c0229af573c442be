import { SecxopsError } from '@secxops/protocol/errors'
import type { FastifyInstance } from 'fastify'

/** Deepest nesting of a request body; far above every schema, far below what recursion could stand. */
export const MAX_DEPTH = 64

/** Takes JSON bodies only; refuses deep nesting before it is parsed, and keys that would touch a prototype. */
export function parseJsonBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  const parse = app.getDefaultJsonParser('error', 'error')
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    const text = body.toString()
    if (text.trim() === '') return done(null, undefined)
    if (depthOf(text) > MAX_DEPTH) {
      return done(
        new SecxopsError({ code: 'bad-request', message: `The JSON is nested deeper than ${MAX_DEPTH} levels.` }),
      )
    }
    parse(request, text, done)
  })
}

/** Nesting of brackets outside strings, by one pass over the text; stops where the limit is passed. */
function depthOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let i = 0; i < text.length && deepest <= MAX_DEPTH; i++) {
    const c = text.charCodeAt(i)
    if (inString) {
      if (c === 92) i++
      else if (c === 34) inString = false
    } else if (c === 34) inString = true
    else if (c === 91 || c === 123) deepest = Math.max(deepest, ++depth)
    else if (c === 93 || c === 125) depth--
  }
  return deepest
}
