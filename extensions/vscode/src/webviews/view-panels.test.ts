import type { ViewAddress } from '@secxops/panels/host'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Core } from '../core.ts'
import { ViewPanels } from './view-panels.ts'

interface FakePanel {
  title: string
  /** Documents that were loaded into it. */
  loaded: number
  disposed(): void
  say(message: unknown): void
}
const panels = vi.hoisted((): FakePanel[] => [])

vi.mock('vscode', () => {
  const uri = { toString: () => 'uri' }
  const listeners = <T>() => {
    const all = new Set<(value: T) => void>()
    const on = (listener: (value: T) => void) => {
      all.add(listener)
      return { dispose: () => all.delete(listener) }
    }
    const fire = (value: T) => {
      for (const listener of all) listener(value)
    }
    return { on, fire }
  }
  return {
    ViewColumn: { Active: -1 },
    Uri: { joinPath: () => uri },
    l10n: { t: (text: string, ...given: unknown[]) => text.replace('{0}', String(given[0])) },
    env: { uiKind: 2 },
    UIKind: { Desktop: 1 },
    workspace: { isTrusted: true },
    Disposable: {
      from: (...all: { dispose(): void }[]) => ({ dispose: () => all.forEach((one) => void one.dispose()) }),
    },
    window: {
      createWebviewPanel: () => {
        const said = listeners<unknown>()
        const gone = listeners<void>()
        const panel = {
          title: '',
          loaded: 0,
          visible: true,
          reveal: () => undefined,
          onDidChangeViewState: listeners<void>().on,
          onDidDispose: gone.on,
          disposed: () => gone.fire(),
          say: said.fire,
          webview: {
            options: {},
            cspSource: '',
            asWebviewUri: () => uri,
            onDidReceiveMessage: said.on,
            postMessage: () => undefined,
            set html(_: string) {
              panel.loaded++
            },
          },
        }
        panels.push(panel)
        return panel
      },
    },
  }
})

const dataset = (name: string): ViewAddress => ({ view: 'artifact', kind: 'dataset', name })
const titles = () => panels.map(({ title }) => title)

let views: ViewPanels
beforeEach(() => {
  panels.length = 0
  const host = { client: { subscribe: () => () => undefined, connection: { state: 'open' } } }
  views = new ViewPanels({ context: { extensionUri: {} }, host: async () => host } as unknown as Core)
})

test('the next preview takes the place of the one before it', async () => {
  await views.open(dataset('a'), true)
  await views.open(dataset('b'), true)
  expect(titles()).toEqual(['b'])
  expect(panels[0]?.loaded).toBe(2)
})

test('a preview that is opened again stays, and so does every view that is no preview', async () => {
  await views.open(dataset('a'), true)
  await views.open(dataset('a'), true)
  await views.open(dataset('b'), true)
  await views.open(dataset('c'))
  await views.open(dataset('d'), true)
  expect(titles()).toEqual(['a', 'd', 'c'])
})

test('two clicks at once on the same row open it once', async () => {
  await Promise.all([views.open(dataset('a'), true), views.open(dataset('a'), true)])
  expect(titles()).toEqual(['a'])
})

test('a preview that is typed into is not taken over', async () => {
  await views.open(dataset('a'), true)
  panels[0]?.say({ kind: 'event', name: 'edited', params: null })
  await views.open(dataset('b'), true)
  expect(titles()).toEqual(['a', 'b'])
})

test('after a preview was closed the next one opens anew', async () => {
  await views.open(dataset('a'), true)
  panels[0]?.disposed()
  await views.open(dataset('b'), true)
  expect(titles()).toEqual(['a', 'b'])
  await views.open(dataset('a'), true)
  expect(titles()).toEqual(['a', 'a'])
})
