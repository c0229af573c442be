import type { Kernel } from '@jupyterlab/services'
import type { Host, ViewAddress } from '@secxops/panels/host'
import type { Mounted } from '../ui/panel-widget.ts'

/** Loads the panel of an address and mounts it. `kernel`: of the open notebook at an absolute path, if it has one. */
export async function mountView(
  element: HTMLElement,
  address: ViewAddress,
  host: Host,
  kernel: (path: string) => Kernel.IKernelConnection | undefined,
): Promise<Mounted> {
  switch (address.view) {
    case 'run': {
      const { mountRun } = await import('@secxops/panels/run/mount.tsx')
      return mountRun(element, { host, runId: address.runId, nodeId: address.nodeId, part: address.part })
    }
    case 'artifact': {
      const { mountArtifact } = await import('@secxops/panels/artifact/mount.tsx')
      return mountArtifact(element, { host, kind: address.kind, name: address.name, version: address.version })
    }
    case 'module': {
      const { mountModule } = await import('@secxops/panels/artifact/mount.tsx')
      return mountModule(element, { host, name: address.name, version: address.version })
    }
    case 'base': {
      const { mountBase } = await import('@secxops/panels/labels/base/mount.tsx')
      return mountBase(element, {
        host,
        name: address.name,
        part: address.part,
        node: address.node,
        file: address.file,
      })
    }
    case 'review': {
      const { mountReview } = await import('@secxops/panels/labels/review/mount.tsx')
      return mountReview(element, { host, jobId: address.jobId })
    }
    case 'experiment': {
      const { mountExperiment } = await import('@secxops/panels/experiment/mount.tsx')
      return mountExperiment(element, { host, id: address.id, part: address.part, trial: address.trial })
    }
    case 'package': {
      const [{ mountPackage }, { withLiveKernel }] = await Promise.all([
        import('@secxops/panels/package/mount.tsx'),
        import('../notebook/live-client.ts'),
      ])
      const client = withLiveKernel(host.client, () => kernel(address.path))
      return mountPackage(element, { host: Object.create(host, { client: { value: client } }), path: address.path })
    }
  }
}
