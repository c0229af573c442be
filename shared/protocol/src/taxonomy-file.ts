import * as z from 'zod'

/**
 * `taxonomy.yaml` or `.json`: the label tree as editors check it and as export writes it. Import reads more shapes (docs/labeler.md).
 */
const Label = z.string().min(1).max(400)

/** A label: its name, or with what stands below it. */
export const TaxonomyEntry = z.union([
  Label,
  z.strictObject({
    name: Label,
    description: z.string().optional(),
    get labels() {
      return z.array(TaxonomyEntry).optional()
    },
  }),
])
export type TaxonomyEntry = z.infer<typeof TaxonomyEntry>

export const TaxonomyFile = z.strictObject({
  apiVersion: z.literal('secxops/v1').optional(),
  kind: z.literal('Taxonomy').optional(),
  /** Names of the levels, the broadest first. */
  levels: z.array(z.string().min(1).max(100)).min(1).max(16).optional(),
  labels: z.array(TaxonomyEntry),
})
export type TaxonomyFile = z.infer<typeof TaxonomyFile>
