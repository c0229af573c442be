import { text } from 'node:stream/consumers'

/** A text as it was given, or what stdin holds for "-". */
export const textOf = async (given: string): Promise<string> =>
  given === '-' ? (await text(process.stdin)).trimEnd() : given
