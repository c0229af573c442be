import { createFakeHost, type FakeHost, type FakeHostOptions } from '../hosts/fake-host.ts'

/** What a test or a person chooses about a bench page; travels in the page's `window.sxOptions`. */
export interface BenchOptions {
  locale?: 'en' | 'zh-CN'
  /** Name that the panel's own bench file understands. */
  fixture?: string
  answers?: FakeHostOptions['answers']
}

declare global {
  interface Window {
    sxOptions?: BenchOptions
    /** The scripted host of the page, for tests to drive and to ask. */
    sxFake?: FakeHost
  }
}

/** Puts a panel with a scripted host into the bare page. Each panel has a `bench.tsx` that calls this once. */
export function startBench(
  start: (element: HTMLElement, fake: FakeHost, fixture: string) => unknown,
  routes: (fixture: string) => FakeHostOptions,
): void {
  const options = window.sxOptions ?? {}
  const fixture = options.fixture ?? 'default'
  const fake = createFakeHost({ ...routes(fixture), locale: options.locale ?? 'en', answers: options.answers ?? {} })
  window.sxFake = fake
  const element = document.getElementById('panel')
  if (element) start(element, fake, fixture)
}
