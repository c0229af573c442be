import type { Evaluation } from '../labels/evaluation/evaluate.ts'

const SIZE = 320
const MARGIN = 44

/** A page of its own with the reliability plot, risk against coverage, and the metrics; no script, nothing loaded. */
export function evaluationPage(
  { metrics, reliability, riskCoverage }: Evaluation,
  about: { refs: string; file: string; strategy: string },
): string {
  const bins = reliability.filter(({ count }) => count > 0)
  const most = Math.max(1, ...bins.map(({ count }) => count))
  const bars = bins
    .map(({ from, to, right, count, confidence }) => {
      const title = `confidence ${confidence.toFixed(3)}, right ${right.toFixed(3)}, ${count} rows`
      const opacity = (0.25 + (0.75 * count) / most).toFixed(2)
      return `<rect x="${x(from)}" y="${y(right)}" width="${x(to) - x(from) - 1}" height="${y(0) - y(right)}" fill-opacity="${opacity}"><title>${title}</title></rect>`
    })
    .join('')
  const risk = riskCoverage
    .map(({ coverage, risk: share }) => `${x(coverage).toFixed(1)},${y(share).toFixed(1)}`)
    .join(' ')
  const rows = Object.entries(metrics)
    .map(
      ([name, value]) =>
        `<tr><td>${escaped(name)}</td><td>${value === null ? '–' : Number(value.toFixed(4))}</td></tr>`,
    )
    .join('')
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Labelling of ${escaped(about.file)}</title>
<style>
:root{color-scheme:light dark;font:14px system-ui,sans-serif}
body{margin:24px;display:flex;flex-wrap:wrap;gap:32px;align-items:flex-start}
header{flex-basis:100%}h1{font-size:20px;margin:0 0 4px}h2{font-size:14px;margin:0 0 8px}p{margin:0;opacity:.75}
svg{overflow:visible}rect{fill:#3574d6}polyline{fill:none;stroke:#3574d6;stroke-width:1.5}
.axis{stroke:currentColor;stroke-opacity:.4}.ideal{stroke:currentColor;stroke-dasharray:4 4;stroke-opacity:.6}
text{fill:currentColor;font-size:12px}td{padding:2px 16px 2px 0}td+td{text-align:right;font-variant-numeric:tabular-nums}
</style></head><body>
<header><h1>How right, and how honest</h1><p>${escaped(about.file)}, references ${escaped(about.refs)}, strategy ${escaped(about.strategy)}</p></header>
${plot('Reliability: share right by confidence', 'confidence', 'share right', `${bars}<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`)}
${plot('Risk against coverage', 'share of texts answered, the surest first', 'share wrong', `<polyline points="${risk}"/>`)}
<section><h2>Metrics</h2><table>${rows}</table></section>
</body></html>
`
}

function plot(title: string, across: string, up: string, inside: string): string {
  const ticks = [0, 0.25, 0.5, 0.75, 1]
    .map(
      (at) =>
        `<text x="${x(at)}" y="${y(0) + 18}" text-anchor="middle">${at}</text><text x="${x(0) - 8}" y="${y(at) + 4}" text-anchor="end">${at}</text>`,
    )
    .join('')
  return `<section><h2>${title}</h2><svg role="img" aria-label="${title}" width="${SIZE + 2 * MARGIN}" height="${SIZE + 2 * MARGIN}">
<line class="axis" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(0)}"/><line class="axis" x1="${x(0)}" y1="${y(0)}" x2="${x(0)}" y2="${y(1)}"/>
${inside}${ticks}
<text x="${x(0.5)}" y="${y(0) + 38}" text-anchor="middle">${across}</text><text transform="translate(12 ${y(0.5)}) rotate(-90)" text-anchor="middle">${up}</text>
</svg></section>`
}

const x = (share: number): number => MARGIN + share * SIZE
const y = (share: number): number => MARGIN / 2 + (1 - share) * SIZE

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (c) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[c] ?? c)
