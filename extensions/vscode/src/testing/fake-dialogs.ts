import { eventually } from '../../../../test/support/eventually.ts'

/** Seconds that a test waits for a dialog. */
const PATIENCE = 20

export interface Item {
  label: string
  description?: string
}

/** Something that the window asks or tells the user and that is not answered yet. */
export interface Dialog {
  kind: 'input' | 'pick' | 'message' | 'path'
  /** Title or message. */
  title: string
  /** What else is told: prompt, detail, placeholder. */
  detail: string
  /** What can be chosen. */
  items: string[]
  /** What stands in the field of an input box. */
  value: string
  /** What the box says about a text before it is accepted. */
  check(text: string): Promise<string | undefined>
  /** Closes it with a text, the name of a choice, or a path; undefined: left without an answer. */
  answer(value: string | undefined): Promise<void>
}

/** The questions of the window, for tests to answer. */
export class FakeDialogs {
  open: Dialog[] = []

  input(options: {
    title?: string
    prompt?: string
    value?: string
    validateInput?(text: string): unknown
  }): Promise<string | undefined> {
    const { title = '', prompt = '', value = '', validateInput } = options
    const check = async (text: string): Promise<string | undefined> =>
      ((await validateInput?.(text)) ?? undefined) as string | undefined
    return this.#ask({ kind: 'input', title, detail: prompt, items: [], value, check }, async (text) => {
      const refusal = text === undefined ? undefined : await check(text)
      if (refusal) throw new Error(`the box "${title}" does not accept "${text}": ${refusal}`)
      return text
    })
  }

  async pick<T extends Item | string>(
    given: T[] | Promise<T[]>,
    { title = '', placeHolder = '' }: { title?: string; placeHolder?: string } = {},
  ): Promise<T | undefined> {
    const items = await given
    return this.#choose({ kind: 'pick', title, detail: placeHolder }, items)
  }

  message(title: string, ...rest: unknown[]): Promise<unknown> {
    const [first] = rest
    const options = typeof first === 'object' && first !== null && !('title' in first) ? first : {}
    const items = (options === first ? rest.slice(1) : rest) as (string | { title: string })[]
    const detail = 'detail' in options ? String(options.detail) : ''
    return this.#choose({ kind: 'message', title, detail }, items)
  }

  /** A file dialog; answered by an absolute path. */
  path({ title = '' }: { title?: string } = {}): Promise<string | undefined> {
    return this.#ask({ kind: 'path', title, detail: '', items: [], value: '', check: nothing }, async (path) => path)
  }

  /** Waits for a dialog whose title or message fits. */
  find(title: string | RegExp): Promise<Dialog> {
    const fits = (dialog: Dialog): boolean =>
      typeof title === 'string' ? dialog.title.includes(title) : title.test(dialog.title)
    return eventually(`a dialog that says ${title}`, () => this.open.find(fits), PATIENCE)
  }

  #choose<T extends Item | string | { title: string }>(
    about: Pick<Dialog, 'kind' | 'title' | 'detail'>,
    items: T[],
  ): Promise<T | undefined> {
    const names = items.map(nameOf)
    return this.#ask({ ...about, items: names, value: '', check: nothing }, async (name) => {
      const index = names.findIndex((one) => one === name || one.replace(/^\$\([\w-]+\) /, '') === name)
      if (name !== undefined && index < 0) throw new Error(`"${about.title}" offers ${names.join(', ')}, not ${name}`)
      return items[index]
    })
  }

  /** `read` makes the answer of what the test gives; where it rejects, the dialog stays. */
  #ask<T>(about: Omit<Dialog, 'answer'>, read: (given: string | undefined) => Promise<T>): Promise<T> {
    return new Promise((resolve) => {
      const dialog: Dialog = {
        ...about,
        answer: async (given) => {
          const value = await read(given)
          this.open = this.open.filter((one) => one !== dialog)
          resolve(value)
        },
      }
      this.open = [...this.open, dialog]
    })
  }
}

const nameOf = (item: Item | string | { title: string }): string =>
  typeof item === 'string' ? item : 'label' in item ? item.label : item.title

const nothing = async (): Promise<undefined> => undefined
