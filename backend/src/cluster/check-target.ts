import { LOCAL_TARGET } from '@secxops/protocol/cluster'
import type { DoctorReport } from '@secxops/protocol/doctor'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { Connection } from './connection.ts'
import { explainFailure } from './explain.ts'
import { ApiFailure } from './failure.ts'
import { apiPath } from './names.ts'
import type { Targets, UsableTarget } from './targets.ts'

type Check = DoctorReport['checks'][number]

/** What a run needs to be allowed: verb, resource and its group, in words. */
const RIGHTS: readonly [verb: string, resource: string, group: string, subresource?: string][] = [
  ['create', 'jobs', 'batch'],
  ['get', 'jobs', 'batch'],
  ['list', 'jobs', 'batch'],
  ['delete', 'jobs', 'batch'],
  ['list', 'pods', ''],
  ['watch', 'pods', ''],
  ['delete', 'pods', ''],
  ['create', 'pods', '', 'exec'],
  ['list', 'events', ''],
]

/** Tries out what a run on a target needs; each finding that is not good says how to mend it. */
export async function checkTarget(targets: Targets, name: string, signal: AbortSignal): Promise<DoctorReport> {
  if (name === LOCAL_TARGET)
    throw new SecxopsError({ code: 'bad-request', message: 'secxops doctor without --target checks this machine.' })
  const usable = await targets.usable(name)
  const connection = new Connection(usable.kubeconfig)
  try {
    const reached = await checkServer(connection, usable, signal)
    const checks = [
      reached,
      ...(reached.ok ? [await checkRights(connection, usable, signal)] : []),
      ...checkConfig(usable),
    ]
    return { ok: checks.every(({ ok }) => ok), checks }
  } catch (error) {
    if (error instanceof ApiFailure) throw new SecxopsError(explainFailure(error, name))
    throw error
  } finally {
    connection.close()
  }
}

async function checkServer(connection: Connection, { name }: UsableTarget, signal: AbortSignal): Promise<Check> {
  try {
    const { gitVersion } = await connection.ask<{ gitVersion: string }>('GET', apiPath`/version`, {
      signal,
      timeout: 10_000,
    })
    return { name: 'Server', ok: true, detail: `Kubernetes ${gitVersion} at ${connection.server}` }
  } catch (error) {
    const { message, cause } = explainFailure(error, name)
    return {
      name: 'Server',
      ok: false,
      detail: cause ? `${message} (${cause})` : message,
      fix: 'Check the network, the VPN and the address in the kubeconfig.',
    }
  }
}

async function checkRights(
  connection: Connection,
  { namespace, name }: UsableTarget,
  signal: AbortSignal,
): Promise<Check> {
  const missing: string[] = []
  for (const [verb, resource, group, subresource] of RIGHTS) {
    const resourceAttributes = { namespace, verb, resource, group, ...(subresource ? { subresource } : {}) }
    const { status } = await connection.ask<{ status?: { allowed?: boolean } }>(
      'POST',
      apiPath`/apis/authorization.k8s.io/v1/selfsubjectaccessreviews`,
      {
        body: { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } },
        signal,
      },
    )
    if (!status?.allowed) missing.push(`${verb} ${subresource ? `${resource}/${subresource}` : resource}`)
  }
  return missing.length === 0
    ? { name: 'Rights', ok: true, detail: `all that is needed in namespace ${namespace}` }
    : {
        name: 'Rights',
        ok: false,
        detail: `missing in namespace ${namespace}: ${missing.join(', ')}`,
        fix: `Ask the administrator of ${name} for a role with them in that namespace, or set another namespace.`,
      }
}

function checkConfig({ name, config }: UsableTarget): Check[] {
  const set = `secxops target set ${name}`
  const { baseImage, registry } = config
  return [
    baseImage === undefined
      ? {
          name: 'Base image',
          ok: false,
          detail: 'none is set',
          fix: `${set} --base-image IMAGE (with sh, tar, find, sha256sum and python3)`,
        }
      : { name: 'Base image', ok: true, detail: `${baseImage}, Python ${config.python ?? '3.11'}` },
    registry === undefined
      ? {
          name: 'Registry',
          ok: true,
          detail: `none is set: modules with requirements cannot run there (${set} --registry HOST/PATH)`,
        }
      : { name: 'Registry', ok: true, detail: registry },
  ]
}
