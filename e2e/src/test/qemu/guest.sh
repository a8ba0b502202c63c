#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
#
# Runs one command as root under another kernel, in QEMU without hardware help: what this machine's own kernel
# refuses (BPF security modules, fentry) can then be tried all the same. The guest sees this machine's /usr and the
# given folders, read-only, at the same paths; everything else is in its memory.
#
#   guest.sh [-k KERNEL] [-a APPEND] [-s FOLDER]… [-t SECONDS] -- COMMAND ARGUMENT…
#     -k KERNEL   6.1 (default), 6.12, 5.10: Debian's newest of it for clouds, fetched once by apt
#     -a APPEND   more of the kernel's command line, such as lsm=capability,bpf
#     -s FOLDER   shown to the guest
#     -t SECONDS  after which it is ended (default 240)
# Exit codes: the command's, 3 something is missing here (its name on stderr), 124 too long, 125 the guest did not get
# that far. Needs qemu-system-x86, busybox-static, cpio, kmod, xz-utils and, for a kernel's first time, apt.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../../.." && pwd)
cache=${TORIMONO_KERNELS:-$root/.build/kernels}
kernel=6.1 append="" limit=240 shares=(/usr)
while getopts k:a:s:t: option; do
	case $option in
	k) kernel=$OPTARG ;;
	a) append=$OPTARG ;;
	s) shares+=("$OPTARG") ;;
	t) limit=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))

missing() {
	echo "guest.sh: missing: $*" >&2
	exit 3
}

# ---- the kernel -----------------------------------------------------------------------------------------------

# apt of an older release, beside this machine's own lists and sources.
apt_of_bullseye() {
	local d=$cache/apt uri
	if [ ! -e "$d/conf" ]; then
		uri=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E 'debian-security/?$' | sort -u | head -n 1)
		[ -n "$uri" ] || missing "a source of debian-security in apt"
		mkdir -p "$d"/lists/partial "$d"/archives/partial
		echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri bullseye-security main" >"$d/sources.list"
		cat >"$d/conf" <<-END
		Dir::Etc::sourcelist "$d/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::State::lists "$d/lists";
		Dir::State::status "/dev/null";
		Dir::Cache "$d";
		APT::Sandbox::User "root";
		END
		APT_CONFIG=$d/conf apt-get -qq update >&2 || {
			rm -f "$d/conf"
			missing "bullseye-security at $uri"
		}
	fi
	APT_CONFIG=$d/conf "$@"
}

# name of the newest package; what asks apt comes first
newest() {
	local pattern=$1
	shift
	"$@" apt-cache search --names-only "$pattern" | cut -d' ' -f1 | sort -V | tail -n 1
}

fetch_kernel() {
	local package as=(env) release into=$cache/$kernel.new
	command -v apt-get >/dev/null || missing "apt-get, to fetch a kernel"
	case $kernel in
	6.1) package=$(newest '^linux-image-6\.1\.0-[0-9]+-cloud-amd64$' "${as[@]}") ;;
	6.12) package=$(newest '^linux-image-6\.12\.[0-9.]+\+deb12-cloud-amd64$' "${as[@]}") ;;
	5.10)
		as=(apt_of_bullseye)
		package=$(newest '^linux-image-5\.10\.0-[0-9]+-cloud-amd64$' "${as[@]}")
		;;
	*) missing "a kernel called $kernel" ;;
	esac
	[ -n "$package" ] || missing "a kernel $kernel in apt"
	rm -rf "$into" && mkdir -p "$into/tree"
	download() { (cd "$into" && "${as[@]}" apt-get -qq -o APT::Sandbox::User=root download "$package" >&2); }
	# Lists that are old name packages that are gone.
	download || { apt-get -qq update >&2 && download; } || missing "$package in apt"
	dpkg-deb -x "$into/$package"_*.deb "$into/tree" && rm -f "$into/$package"_*.deb
	release=${package#linux-image-}
	find "$into/tree" -name '*.ko.xz' -exec xz -d {} +
	/usr/sbin/depmod -b "$into/tree" "$release"
	cp "$into/tree/boot/vmlinuz-$release" "$into/vmlinuz"
	echo "$release" >"$into/release"
	rm -rf "${cache:?}/$kernel" && mv "$into" "$cache/$kernel"
}

for program in qemu-system-x86_64 busybox cpio dpkg-deb xz; do
	command -v "$program" >/dev/null || missing "$program"
done
[ -x /usr/sbin/modprobe ] || missing kmod
[ -x /usr/lib/qemu/virtiofsd ] || missing "/usr/lib/qemu/virtiofsd (qemu-system-common)"
mkdir -p "$cache"
exec 9>"$cache/lock"
flock 9
[ -e "$cache/$kernel/release" ] || fetch_kernel
exec 9>&-
release=$(cat "$cache/$kernel/release")

# ---- what it boots from: busybox, a few modules, and what is to be done --------------------------------------------

work=$(mktemp -d /tmp/torimono-guest.XXXXXX)
started=()
clean() {
	local pid
	for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
	rm -rf "$work"
}
trap clean EXIT
boot=$work/boot
mkdir -p "$boot"/{bin,proc,sys,dev,modules,new}
cp "$(command -v busybox)" "$boot/bin/"
number=100
for module in virtio_pci virtiofs overlay virtio_rng; do
	# What is built in is no file; what others need comes first.
	/usr/sbin/modprobe -D -S "$release" -d "$cache/$kernel/tree" "$module" 2>/dev/null | sed -n 's/^insmod \([^ ]*\).*/\1/p'
done | awk '!seen[$0]++' >"$work/modules"
while read -r module; do
	number=$((number + 1))
	cp "$module" "$boot/modules/$number-${module##*/}"
done <"$work/modules"
printf '%s\n' "${shares[@]}" >"$boot/shares"
printf '%q ' "$@" >"$boot/command"
cat >"$boot/init" <<'INIT'
#!/bin/busybox sh
/bin/busybox --install -s /bin
export PATH=/bin
mount -t proc proc /proc && mount -t sysfs sys /sys && mount -t devtmpfs dev /dev 2>/dev/null
for module in /modules/*; do insmod "$module"; done
# A root of its own: the first one cannot be left by pivot_root, as containers do.
mount -t tmpfs -o mode=755 root /new
cd /new
mkdir -p proc sys dev tmp run etc root usr
mount -t tmpfs tmp tmp && mount -t tmpfs run run
for link in bin sbin lib lib64; do ln -s "usr/$link" "$link"; done
echo root:x:0:0:root:/root:/bin/sh >etc/passwd
echo root:x:0: >etc/group
i=0
while read -r folder; do
	mkdir -p "/new$folder"
	mount -t virtiofs -o ro "share$i" "/new$folder" || echo "guest: $folder cannot be shown"
	i=$((i + 1))
done </shares
mount --move /proc proc && mount --move /sys sys && mount --move /dev dev
mkdir -p dev/pts dev/shm
mount -t devpts pts dev/pts && mount -t tmpfs shm dev/shm
mount -t securityfs security sys/kernel/security && mount -t tracefs tracing sys/kernel/tracing
mount -t bpf bpf sys/fs/bpf && mount -t cgroup2 cgroup sys/fs/cgroup
ip link set lo up
cp /command root/command
cat >root/run <<'RUN'
export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
read up _ </proc/uptime
echo "guest: kernel $(uname -r) is up after $up s, security modules $(cat /sys/kernel/security/lsm)"
sh /root/command
code=$?
read up _ </proc/uptime
echo "guest: exit $code after $up s"
sync
busybox poweroff -f
RUN
exec switch_root /new /bin/sh /root/run
INIT
chmod 755 "$boot/init"
(cd "$boot" && find . | cpio -o -H newc --quiet) >"$work/initrd"

# ---- and off ------------------------------------------------------------------------------------------------------

devices=()
for i in "${!shares[@]}"; do
	/usr/lib/qemu/virtiofsd --socket-path="$work/share$i" -o source="${shares[$i]}" -o cache=always -o sandbox=chroot \
		-o announce_submounts -o log_level=err >"$work/share$i.log" 2>&1 &
	started+=($!)
	for _ in $(seq 50); do
		[ ! -S "$work/share$i" ] || break
		sleep 0.1
	done
	devices+=(-chardev "socket,id=s$i,path=$work/share$i" -device "vhost-user-fs-pci,chardev=s$i,tag=share$i")
done
code=0
timeout "$limit" qemu-system-x86_64 -accel tcg -machine q35 -cpu max -smp 1 -m 1536M \
	-object memory-backend-memfd,id=memory,size=1536M,share=on -numa node,memdev=memory \
	-nodefaults -display none -serial "file:$work/console" -no-reboot -device virtio-rng-pci "${devices[@]}" \
	-kernel "$cache/$kernel/vmlinuz" -initrd "$work/initrd" \
	-append "console=ttyS0 quiet loglevel=1 panic=-1 $append" </dev/null >&2 || code=$?
tr -d '\r' <"$work/console"
[ "$code" != 124 ] || exit 124
code=$(sed -n 's/^guest: exit \([0-9]*\) after.*/\1/p' "$work/console" | tail -n 1)
exit "${code:-125}"
