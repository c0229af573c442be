import * as z from 'zod'

/** What `secxops doctor` checks. */
export const DoctorReport = z.object({
  ok: z.boolean(),
  checks: z.array(z.object({ name: z.string(), ok: z.boolean(), detail: z.string(), fix: z.string().optional() })),
})
export type DoctorReport = z.infer<typeof DoctorReport>
