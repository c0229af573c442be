/** One of the processes that a cluster consists of, by the name of its program. */
export type PartName =
  | 'etcd'
  | 'docker-registry'
  | 'containerd'
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubelet'
  | 'kube-proxy'
  | 'kwok'

export interface Part {
  name: PartName
  args: string[]
  /** Where it answers with 2xx once it works; for containerd, whose door is a socket, its path. */
  ready: string
}
