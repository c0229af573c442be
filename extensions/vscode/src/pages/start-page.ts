import '@secxops/panels/theme/vscode.css'
import './page.css'
import type { Host, ViewAddress } from '@secxops/panels/host'
import { viewQuery } from '@secxops/panels/view/link'
import type { HostSide, PageSide, PageStart, Shown } from '../webviews/contract.ts'
import { QUICK } from '../webviews/deadline.ts'
import { Peer } from '../webviews/peer.ts'
import { Drops } from './drops.ts'
import { acquireApi } from './editor-api.ts'
import { showFailure } from './failure.ts'
import { PageClient } from './page-client.ts'
import type { PagePeer } from './page-peer.ts'
import { pageState } from './page-state.ts'

/** A panel that stands in the page. */
export interface Shower {
  dispose(): void
  /** The editor gave the page the focus. */
  focus?(): void
  /** The view was asked for again with another address. */
  address?(address: PageSide['events']['address']): void
  /** Another text is to be labelled. */
  task?(task: PageSide['events']['task']): void
  document?(change: PageSide['events']['document']): void
  text?(text: PageSide['events']['text']): void
  /** The module files of the open folders have changed. */
  modules?(): void
}

/** Mounts the panel of a page into `element`, once the extension host has told what is shown. */
export type Show<S extends Shown> = (element: HTMLElement, parts: { host: Host; peer: PagePeer; shown: S }) => Shower

type Check = (value: string) => string | undefined

/** Starts a page: asks the extension host for the whole picture and shows it. The page speaks first, so that nothing is missed. */
export async function startPage<S extends Shown>(is: (shown: Shown) => shown is S, show: Show<S>): Promise<void> {
  const api = acquireApi()
  const element = document.getElementById('panel')
  if (!element) throw new Error('the page has no place for its panel')
  const checks = new Map<number, Check>()
  const drops = new Drops()
  const peer: PagePeer = new Peer<PageSide, HostSide>((message) => api.postMessage(message), {
    handlers: {
      check: ({ dialog, value }) => checks.get(dialog)?.(value) ?? null,
      add: (item) => drops.add(item),
    },
    listeners: {
      connection: ({ connection, fresh }) => client.changed(connection, fresh),
      events: (events) => client.heard(events),
      document: (change) => shower?.document?.(change),
      text: (text) => shower?.text?.(text),
      task: (task) => shower?.task?.(task),
      modules: () => shower?.modules?.(),
      address(address) {
        kept = { address }
        host.state.set(host.state.get())
        shower?.address?.(address)
      },
    },
  })
  const client = new PageClient(() => peer, { state: 'connecting' })
  let shower: Shower | undefined
  let kept: { address?: ViewAddress } = {}
  window.addEventListener('message', ({ data }) => peer.receive(data))
  for (const type of ['error', 'unhandledrejection'] as const)
    window.addEventListener(type, (event) => peer.tell('failed', failureWords(event)))

  let start: PageStart
  peer.tell('hello', null)
  try {
    start = await peer.request('ready', {}, { deadline: QUICK })
  } catch (error) {
    showFailure(element, error)
    return
  }
  const { shown }: { shown: Shown } = start
  if ('address' in shown) kept = { address: shown.address }
  if (!is(shown)) return
  client.changed(start.connection, false)
  const state = pageState(api, () => kept)
  const host = createHost(start, { client, peer, state, drops, checks })
  document.documentElement.lang = start.locale
  shower = show(element, { host, peer, shown })
  element.addEventListener('input', () => peer.tell('edited', null), { once: true })
  window.addEventListener('focus', () => {
    if (document.activeElement === null || document.activeElement === document.body) shower?.focus?.()
  })
}

/** The host port of the panels over messages. */
function createHost(
  { locale, workspace, restricted, links }: PageStart,
  parts: {
    client: PageClient
    peer: PagePeer
    state: Host['state']
    drops: Drops
    checks: Map<number, Check>
  },
): Host {
  const { client, peer, state, drops, checks } = parts
  let dialogs = 0
  return {
    kind: 'vscode',
    locale,
    client,
    state,
    workspace,
    restricted,
    ...(links === undefined ? {} : { linkTo: (address) => `${links}?${viewQuery(address)}` }),
    openFile: (path, at = {}) => peer.tell('openFile', { path, ...at }),
    openView: (address) => peer.tell('openView', address),
    async editWorkflow(path, edits) {
      await peer.request('editWorkflow', { path, edits }, { deadline: QUICK })
    },
    pickPath: (options) => peer.request('pickPath', options, { deadline: null }),
    async promptText({ check, ...options }) {
      const dialog = ++dialogs
      if (check) checks.set(dialog, check)
      try {
        const checked = check !== undefined
        return await peer.request('promptText', { ...options, dialog, checked }, { deadline: null })
      } finally {
        checks.delete(dialog)
      }
    },
    confirm: (options) => peer.request('confirm', options, { deadline: null }),
    copy: (text) => peer.tell('copy', text),
    notify: (level, message, actions = []) => peer.tell('notify', { level, message, actions }),
    act: (action) => peer.tell('act', action),
    acceptDrops: drops.accept,
  }
}

function failureWords(event: ErrorEvent | PromiseRejectionEvent): string {
  const error: unknown = 'reason' in event ? event.reason : (event.error ?? event.message)
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
