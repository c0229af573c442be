/** Short stand-in for a text when texts of the past are compared; two texts of an edit session practically never share one. */
export function fingerprint(text: string): string {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  return `${text.length}-${a >>> 0}-${b >>> 0}`
}
