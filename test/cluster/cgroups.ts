import { existsSync, mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'

/** Name of the cgroup that holds all Pods, in each hierarchy. */
export const CGROUP = 'secxops-cluster'

const MOUNTS = '/sys/fs/cgroup'

/** The cgroup in every hierarchy of this machine: one (version 2) or one for each controller (version 1). */
function folders(): string[] {
  if (existsSync(join(MOUNTS, 'cgroup.controllers'))) return [join(MOUNTS, CGROUP)]
  return readdirSync(MOUNTS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(MOUNTS, entry.name, CGROUP))
}

/** Makes the cgroup; the kubelet wants to find it. */
export function makeCgroups(): void {
  for (const folder of folders()) mkdirSync(folder, { recursive: true })
}

/** Removes the cgroup with all below it. Its processes must have ended. */
export function removeCgroups(): void {
  for (const folder of existingCgroups()) removeTree(folder)
}

/** Those that exist. */
export const existingCgroups = (): string[] => folders().filter((folder) => existsSync(folder))

/** The files of a cgroup go with its folder and cannot be removed before. */
function removeTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }))
    if (entry.isDirectory()) removeTree(join(folder, entry.name))
  rmdirSync(folder)
}
