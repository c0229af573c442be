import type { Metric } from '@secxops/protocol/run'

/** Metrics of one attempt, as read. */
export interface MetricSource {
  nodeId: string
  attempt: number
  metrics: Metric[]
}

export interface Series {
  /** `train`, or `train #2` when an earlier attempt reported the same metric. */
  label: string
  steps: number[]
  values: number[]
}

export interface MetricGroup {
  name: string
  series: Series[]
  /** Values reported as final, by series label. */
  finals: { label: string; value: number }[]
}

/**
 * One group a metric name, one series a node and attempt. The step is the reported one, else the count of reports; a step that
 * is reported again replaces the earlier value (a resumed training). Values that are not finite are left out.
 */
export function groupMetrics(sources: MetricSource[]): MetricGroup[] {
  const groups = new Map<string, { source: MetricSource; points: Map<number, number>; final?: number }[]>()
  for (const source of sources) {
    const points = new Map<string, { points: Map<number, number>; final?: number }>()
    for (const metric of source.metrics) {
      if (!Number.isFinite(metric.value)) continue
      const entry = points.get(metric.name) ?? { points: new Map<number, number>() }
      points.set(metric.name, entry)
      if (metric.final) entry.final = metric.value
      if (!metric.final || metric.step !== undefined) entry.points.set(metric.step ?? entry.points.size, metric.value)
    }
    for (const [name, entry] of points) groups.set(name, [...(groups.get(name) ?? []), { source, ...entry }])
  }
  return [...groups].map(([name, entries]) => {
    const attempts = new Map<string, number>()
    for (const { source } of entries) attempts.set(source.nodeId, (attempts.get(source.nodeId) ?? 0) + 1)
    const labelled = entries.map((entry) => {
      const several = (attempts.get(entry.source.nodeId) ?? 0) > 1
      return { ...entry, label: several ? `${entry.source.nodeId} #${entry.source.attempt}` : entry.source.nodeId }
    })
    return {
      name,
      series: labelled
        .filter((entry) => entry.points.size > 0)
        .map(({ label, points }) => {
          const sorted = [...points].sort((a, b) => a[0] - b[0])
          return { label, steps: sorted.map((p) => p[0]), values: sorted.map((p) => p[1]) }
        }),
      finals: labelled.flatMap(({ label, final }) => (final === undefined ? [] : [{ label, value: final }])),
    }
  })
}

/** Series brought to one common, rising x axis; null where a series has no value at a step. */
export function alignSeries(series: Series[]): { steps: number[]; values: (number | null)[][] } {
  const steps = [...new Set(series.flatMap((one) => one.steps))].sort((a, b) => a - b)
  const values = series.map((one) => {
    const at = new Map(one.steps.map((step, index) => [step, one.values[index] ?? null]))
    return steps.map((step) => at.get(step) ?? null)
  })
  return { steps, values }
}
