import { type Query, useQuery } from '../ui/use-client.ts'

/** All reference bases, read again when one of them or its work changed. */
export const useBases = (): Query<'labels.bases.list'> =>
  useQuery('labels.bases.list', {}, (event) => event.type === 'labels')
