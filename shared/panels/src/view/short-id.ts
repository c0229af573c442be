/** An id as a tab has room for it: its end, which tells two apart. */
export const shortId = (id: string): string => (id.length > 14 ? `…${id.slice(-8)}` : id)
