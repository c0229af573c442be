import type { Client, ClientListener, Connection } from '@secxops/client/client'
import type { RouteInput, RouteOutput } from '@secxops/protocol/api'
import type { ErrorBody, NextAction } from '@secxops/protocol/errors'
import type { ServerEvent } from '@secxops/protocol/events'
import type { RouteName } from '@secxops/protocol/routes'
import type { WorkflowEdit } from '@secxops/protocol/workflow'
import { DROP_MIME, type Dropped, type Host, type ViewAddress } from '../host.ts'

/** What a scripted backend answers; a throw or rejection becomes the call's error. */
export type FakeRoutes = { [R in RouteName]?: (input: RouteInput<R>) => RouteOutput<R> | Promise<RouteOutput<R>> }

export interface FakeHostOptions {
  routes?: FakeRoutes
  locale?: Host['locale']
  workspace?: string
  state?: unknown
  /** Answers of dialogs, in order; when they run out, dialogs are left (null, false). */
  answers?: { text?: (string | null)[]; path?: (string | null)[]; confirm?: boolean[] }
}

/** What the panel asked of its editor, in order. */
export interface FakeHostLog {
  calls: { route: RouteName; input: unknown }[]
  files: { path: string; line?: number }[]
  edits: { path: string; edits: WorkflowEdit[] }[]
  views: ViewAddress[]
  actions: NextAction[]
  notes: { level: string; message: string }[]
  copied: string[]
  questions: string[]
}

export interface FakeHost {
  host: Host
  log: FakeHostLog
  /** Answers may be replaced while the panel is open. */
  routes: FakeRoutes
  emit(event: ServerEvent): void
  setConnection(connection: Connection, fresh?: boolean): void
}

/** Error as the client would throw it, without carrying the protocol's validators into the page. */
export function fakeError(body: ErrorBody): Error {
  return Object.assign(new Error(body.message), { body })
}

/** A host of which every answer is scripted and every wish recorded: for tests and for looking at panels in a plain page. */
export function createFakeHost(options: FakeHostOptions = {}): FakeHost {
  const log: FakeHostLog = {
    calls: [],
    files: [],
    edits: [],
    views: [],
    actions: [],
    notes: [],
    copied: [],
    questions: [],
  }
  const routes: FakeRoutes = { ...options.routes }
  const listeners = new Set<ClientListener>()
  let connection: Connection = { state: 'open', version: '0.1.0' }
  let saved = options.state
  const answers = {
    text: [...(options.answers?.text ?? [])],
    path: [...(options.answers?.path ?? [])],
    confirm: [...(options.answers?.confirm ?? [])],
  }
  const setConnection = (next: Connection, fresh = false): void => {
    connection = next
    for (const listener of [...listeners]) listener.connection?.(next, fresh)
  }
  const client: Client = {
    async call(route, input) {
      log.calls.push({ route, input: JSON.parse(JSON.stringify(input ?? null)) })
      if (connection.state === 'lost') throw fakeError({ code: 'unavailable', message: 'The backend does not answer.' })
      const answer = routes[route]
      if (!answer) throw fakeError({ code: 'not-found', message: `the script has no answer for ${route}` })
      return await answer(input)
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    get connection() {
      return connection
    },
    reconnect: () => setConnection({ state: 'open', version: '0.1.0' }, true),
  }
  const host: Host = {
    kind: 'fake',
    locale: options.locale ?? 'en',
    client,
    workspace: options.workspace ?? '/project',
    state: {
      get: () => saved,
      set: (value) => {
        saved = value
      },
    },
    openFile: (path, at) => log.files.push({ path, ...(at?.line ? { line: at.line } : {}) }),
    openView: (address) => log.views.push(address),
    editWorkflow: async (path, edits) => void log.edits.push({ path, edits }),
    linkTo: (address) => `https://host/?${JSON.stringify(address)}`,
    backendUrl: (path) => path,
    pickPath: async ({ title }) => {
      log.questions.push(title)
      return answers.path.shift() ?? null
    },
    promptText: async ({ title, check }) => {
      log.questions.push(title)
      const answer = answers.text.shift() ?? null
      return answer !== null && check?.(answer) ? null : answer
    },
    confirm: async ({ message }) => {
      log.questions.push(message)
      return answers.confirm.shift() ?? false
    },
    copy: (text) => log.copied.push(text),
    notify: (level, message) => log.notes.push({ level, message }),
    act: (action) => log.actions.push(action),
    acceptDrops: acceptDomDrops,
  }
  return {
    host,
    log,
    routes,
    emit: (event) => {
      for (const listener of [...listeners]) listener.event?.(event)
    },
    setConnection,
  }
}

/** Drops of plain DOM drags that carry {@link DROP_MIME}; also what a browser page uses. */
export const acceptDomDrops: Host['acceptDrops'] = (element, listener) => {
  const carries = (event: DragEvent): boolean => event.dataTransfer?.types.includes(DROP_MIME) ?? false
  const over = (event: DragEvent): void => {
    // What is dragged can be read only at the drop; until then any item of ours counts.
    if (carries(event) && listener.over(undefined, event.clientX, event.clientY)) event.preventDefault()
  }
  const drop = (event: DragEvent): void => {
    const text = event.dataTransfer?.getData(DROP_MIME)
    if (!text) return
    event.preventDefault()
    listener.drop(JSON.parse(text) as Dropped, { x: event.clientX, y: event.clientY })
  }
  const leave = (): void => listener.leave()
  element.addEventListener('dragover', over)
  element.addEventListener('dragleave', leave)
  element.addEventListener('drop', drop)
  return () => {
    element.removeEventListener('dragover', over)
    element.removeEventListener('dragleave', leave)
    element.removeEventListener('drop', drop)
  }
}
