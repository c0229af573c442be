import type { Language } from './prompts.ts'

/** Why a text that a language model wrote is not taken. */
export type Rejection =
  | 'garbled'
  | 'wrong-language'
  | 'wrong-extraction'
  | 'too-short'
  | 'too-long'
  | 'near-duplicate'
  | 'labelled-elsewhere'

const SHORTEST = 8
const LONGEST = 1000
/** Words with which a model talks about its texts instead of writing one. */
const ABOUT =
  /^(?:sure[,!. ]|here (?:is|are) |certainly|of course|as an ai|i (?:cannot|can't|can not)|(?:以下|当然|好的)[，,：:是]?)/i
const LEFT_OVER = /^(?:\s*[{[]\s*"?(?:texts?|label)"?|```|<!doctype|<html)/i

/** What can be told from the text alone; undefined: nothing is wrong with it. */
export function faultOf(text: string, language: Language): Rejection | undefined {
  const plain = text.trim()
  if (ABOUT.test(plain) || LEFT_OVER.test(plain)) return 'wrong-extraction'
  if (plain.length < (language === 'zh' ? SHORTEST / 2 : SHORTEST)) return 'too-short'
  if (plain.length > LONGEST) return 'too-long'
  if (isGarbled(plain)) return 'garbled'
  return inLanguage(plain, language) ? undefined : 'wrong-language'
}

/** Broken characters, control characters, or one piece over and over. */
function isGarbled(text: string): boolean {
  if (/[\uFFFD\p{Cc}\p{Co}\p{Cn}]/u.test(text.replace(/[\t\r\n]/g, ' '))) return true
  if (/(.{1,12}?)\1{7,}/su.test(text)) return true
  const words = text.toLowerCase().split(/\s+/)
  return words.length >= 12 && new Set(words).size < words.length / 3
}

/** Log lines are in Latin letters whatever the language, so only what is plainly another language counts. */
function inLanguage(text: string, language: Language): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0
  if (letters === 0) return false
  return language === 'zh' ? han > 0 : latin >= letters * 0.7
}
