import { lazy } from 'react'

const dialogs = () => import('./dialogs.tsx')
const outline = () => import('./outline.tsx')
const inspector = () => import('./node-inspector.tsx')

/** Parts that the first picture does not wait for. */
export const Dialogs = lazy(async () => ({ default: (await dialogs()).Dialogs }))
export const Outline = lazy(async () => ({ default: (await outline()).Outline }))
export const NodeInspector = lazy(async () => ({ default: (await inspector()).NodeInspector }))

/** Fetches them ahead, so that they open at once; what fails here is fetched again when it is opened. */
export async function fetchParts(): Promise<void> {
  await Promise.allSettled([inspector(), dialogs(), outline()])
}
