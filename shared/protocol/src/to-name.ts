/** The nearest lawful name of a module, dataset or model for any text, e.g. a file name; `fallback` when nothing of it is left. */
export function toName(text: string, fallback = 'unnamed'): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/^-+|-+$/g, '')
  return slug || fallback
}
