#!/bin/sh
# First process of the namespaces that the cluster lives in (mounts, network, processes): furnishes them and becomes the
# program that waits until it is ended. With it everything ends that was started here: every process, mount, interface and
# packet filter rule. Usage: room.sh HOME BRIDGE_ADDRESS PROGRAM
set -eu
home=$1 address=$2 program=$3

mount -t proc proc /proc
# Volumes of Pods are mounted here and must be seen in their containers.
mount --make-rshared /

# Folders whose paths are fixed in containerd, CNI, kubelet and controller-manager.
for folder in run tmp var/lib; do
  mkdir -p "$home/outside/$folder"
  mount --bind "$home/outside/$folder" "/$folder"
done
chmod 1777 /tmp

# The kubelet wants these kernel settings and would change them for the whole machine; it reads the values it wants, and changes none.
while read -r setting value; do
  [ -e "/proc/sys/$setting" ] || continue
  file=$home/settings/$setting
  mkdir -p "$(dirname "$file")"
  echo "$value" > "$file"
  mount --bind "$file" "/proc/sys/$setting"
done << SETTINGS
vm/overcommit_memory 1
vm/panic_on_oom 0
kernel/panic 10
kernel/panic_on_oops 1
kernel/keys/root_maxkeys 1000000
kernel/keys/root_maxbytes 25000000
SETTINGS

# The built-in provisioner lets only root into the folder of a claim; storage classes of production let every Pod in.
mkdir /tmp/hostpath_pv
inotifywait --quiet --monitor --event create --format '%w%f' /tmp/hostpath_pv |
  while read -r folder; do chmod 777 "$folder"; done &

ip link set lo up
# The node's address exists before the kubelet asks for it.
ip link add kbr0 type bridge
ip address add "$address" dev kbr0
ip link set kbr0 up
echo 1 > /proc/sys/net/ipv4/ip_forward

exec "$program"
