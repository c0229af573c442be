import { LOCAL_TARGET } from '@secxops/protocol/cluster'
import { SecxopsError } from '@secxops/protocol/secxops-error'
import { assetPath } from '../assets.ts'
import { Slots } from '../engine/slots.ts'
import type { ClusterAccess } from '../runners/kubernetes/access.ts'
import { HOME_LABEL, LAUNCH_LABEL } from '../runners/kubernetes/job.ts'
import { createKubernetesRunner } from '../runners/kubernetes/kubernetes-runner.ts'
import type { Pod } from '../runners/kubernetes/pod-state.ts'
import { ATTEMPT_FOLDER } from '../runners/kubernetes/start-file.ts'
import type { CommandText } from '../runs/command.ts'
import type { OtherPlaces, Place, StartedText } from '../runs/place.ts'
import type { PreparedEnvironment } from '../services.ts'
import { Connection } from './connection.ts'
import { homeIdentity } from './home-identity.ts'
import { createImageEnvironments, type ImageBuilder } from './image-environments.ts'
import { apiPath } from './names.ts'
import type { Targets } from './targets.ts'
import { Watch } from './watch.ts'

/** Nodes that run at once where the target says nothing. */
const PARALLEL = 50
const SDK = 'sdk'

/** The clusters as places where runs are carried out. Nothing is read or loaded before the first use. */
export function createClusterPlaces(options: { root: string; targets: Targets; images: ImageBuilder }): OtherPlaces {
  const { root, targets, images } = options
  const places = new Map<string, Place>()
  const recovered = Promise.withResolvers<void>()
  const make = (target: string): Place => ({
    runner: createKubernetesRunner(target, {
      open: () => openAccess(root, targets, target),
      recovered: recovered.promise,
    }),
    environments: createImageEnvironments(() => targets.config(target), target, images),
    slots: new Slots(() => targets.config(target).maxParallel ?? PARALLEL),
    started: startedThere,
  })
  return {
    async require(target) {
      const { config } = await targets.usable(target)
      if (config.baseImage !== undefined) return
      throw new SecxopsError({
        code: 'bad-request',
        message: `Nothing says which image modules run in on ${target}. Name one with Python, like python:3.11-slim in a registry that the cluster reaches.`,
        next: [{ kind: 'run-command', label: 'Set it', command: `secxops target set ${target} --base-image IMAGE` }],
      })
    },
    place(target) {
      if (target === LOCAL_TARGET) throw new Error('this machine is no cluster')
      const place = places.get(target) ?? make(target)
      places.set(target, place)
      return place
    },
    recovered: recovered.resolve,
    close() {
      for (const { runner } of places.values()) runner.close()
    },
  }
}

async function openAccess(root: string, targets: Targets, target: string): Promise<ClusterAccess> {
  const { kubeconfig, namespace } = await targets.usable(target)
  const connection = new Connection(kubeconfig)
  const home = homeIdentity(root)
  const pods = new Watch<Pod>({
    connection,
    path: apiPath`/api/v1/namespaces/${namespace}/pods`,
    labelSelector: `${HOME_LABEL}=${home}`,
    keyLabel: LAUNCH_LABEL,
  })
  return { target, connection, namespace, home, pods }
}

/** A command in a Pod has the variables of its image and its own, nothing of this machine. */
function startedThere(text: CommandText, prepared: PreparedEnvironment): StartedText {
  const { image } = prepared
  if (image === undefined) throw new Error('no image was prepared')
  return {
    argv: text.argv,
    env: { PYTHONUNBUFFERED: '1', ...prepared.variables, ...text.variables },
    elsewhere: { image, folders: { [SDK]: assetPath('sdk') }, before: { PYTHONPATH: `${ATTEMPT_FOLDER}/${SDK}` } },
  }
}
