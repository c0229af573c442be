/**
 * Takes out of a text what should not leave the machine: credentials, the home folder, the names of user and machine, the query of
 * addresses. `names`: further words, like the user's name.
 */
export function redact(text: string, { home, names }: { home: string; names: string[] }): string {
  let clean = text
    .replace(/([a-z][\w+.-]*:\/\/)[^\s/@]+@/gi, '$1•••@')
    .replace(/([a-z][\w+.-]*:\/\/[^\s?#]+)[?#]\S*/gi, '$1?•••')
    .replace(/\b(bearer\s+)[^\s"',;]+/gi, '$1•••')
    .replace(/\b(token|password|secret|api[_-]?key)(["']?\s*[:=]\s*["']?)[^\s"',;]+/gi, '$1$2•••')
    .replace(/\b[0-9a-f]{32,}\b/gi, '•••')
    .replace(/\b(?:ghp|gho|glpat|sk|xox[a-z])[-_][\w-]{16,}\b/g, '•••')
  if (home.length > 1) clean = clean.replaceAll(home, '~')
  for (const name of names.filter((one) => one.length > 2)) {
    clean = clean.replace(new RegExp(`(?<![\\w-])${escaped(name)}(?![\\w-])`, 'g'), '•••')
  }
  return clean
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
