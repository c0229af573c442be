import { baseDetail, baseSummary, bigTaxonomy, labelChange, suggestion, taxonomy } from '../../fixtures/labels.ts'
import { fakeError } from '../../hosts/fake-host.ts'
import { startBench } from '../../testing/bench.ts'
import { type MountedLabel, mountLabel } from './mount.tsx'
import type { LabelTask } from './task.ts'

declare global {
  interface Window {
    /** The panel of the page, for tests to give texts to. */
    sxLabel?: MountedLabel
  }
}

const HOSTILE = `\u202egpj.exe\u202c \u0000\u0000<img src=x onerror=alert(1)> ${'GET /?q=%27%20or%201=1 '.repeat(2000)}`

const TASKS: Record<string, LabelTask> = {
  none: {},
  hostile: { text: HOSTILE, source: { file: 'logs@3', line: 17, column: 'message' } },
}

const MAIL: LabelTask = {
  text: 'Staff of the finance department got a mail with a link to a fake sign-in page; two of them entered their passwords.',
  source: { file: '/project/reports/2026-11-incident-with-a-long-name.md', line: 12 },
}

const DOWN = fakeError({
  code: 'unavailable',
  message: 'The embedder at http://127.0.0.1:8188 does not answer.',
  cause: 'connect ECONNREFUSED 127.0.0.1:8188',
})

let changes = 0

startBench(
  (element, { host }, fixture) => {
    window.sxLabel = mountLabel(element, {
      host,
      ...(TASKS[fixture] ?? MAIL),
    })
    window.sxLabel.focus()
  },
  (fixture) => {
    const made: string[] = []
    const answer = {
      ancestor: suggestion({ state: 'ancestor', sureLevels: 2, confidence: 0.51, levelConfidence: [0.99, 0.94, 0.51] }),
      unknown: suggestion({
        state: 'unknown',
        sureLevels: 0,
        confidence: 0.11,
        levelConfidence: [0.3, 0.2, 0.11],
        known: 0.2,
      }),
      decided: suggestion({
        decided: {
          path: ['Execution', 'Command and Scripting Interpreter', 'evil\u202etxt.exe'],
          by: 'wei',
          at: '2026-11-19T09:00:00Z',
        },
      }),
    }[fixture]
    return {
      routes: {
        'labels.bases.list': () =>
          fixture === 'new'
            ? made.map((name) => baseSummary(name, { references: 0, state: { state: 'empty' } }))
            : [
                baseSummary('attack', fixture === 'empty' ? { references: 0, state: { state: 'empty' } } : {}),
                baseSummary('webattack'),
              ],
        'labels.bases.create': ({ body }) => {
          made.push(body.name)
          queueMicrotask(() => window.sxFake?.emit({ type: 'labels', base: body.name, version: 1 }))
          return baseDetail(body.name)
        },
        'labels.references.import': () => ({
          id: 'j1',
          base: 'attack',
          kind: 'import',
          state: 'running',
          createdAt: '',
          subject: '',
          done: 0,
          skipped: {},
        }),
        'labels.taxonomy.get': () =>
          fixture === 'big'
            ? bigTaxonomy()
            : fixture === 'empty' || fixture === 'new'
              ? { version: 1, levels: taxonomy().levels, nodes: [] }
              : taxonomy(),
        'labels.suggest': ({ params }) => {
          if (fixture === 'slow') return new Promise(() => undefined)
          if (fixture === 'down') throw DOWN
          return answer ?? suggestion({ base: params.base })
        },
        'labels.accept': () => labelChange(`c${++changes}`),
        'labels.undo': ({ body }) =>
          labelChange(`u${++changes}`, { kind: 'undo', ...(body?.change ? { undoes: body.change } : {}) }),
      },
    }
  },
)
