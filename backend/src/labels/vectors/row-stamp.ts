import { createHash } from 'node:crypto'
import type { StoredReference } from '../services.ts'

export function stampOf({ path, trust }: Pick<StoredReference, 'path' | 'trust'>): string {
  return createHash('sha256')
    .update(JSON.stringify([path, trust]))
    .digest('hex')
    .slice(0, 16)
}
