import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/** Writes texts into a folder, by their paths from it. */
export function writeFiles(folder: string, texts: Record<string, string>): void {
  for (const [path, text] of Object.entries(texts)) {
    const whole = join(folder, path)
    mkdirSync(dirname(whole), { recursive: true })
    writeFileSync(whole, text)
  }
}
