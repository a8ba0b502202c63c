#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Copyright The Torimono Authors
#
# Runs one command as root under another kernel, in QEMU without hardware help: what this machine's own kernel
# refuses (BPF security modules, fentry) can then be tried all the same. The guest sees this machine's /usr and the
# given folders, read-only, at the same paths; everything else is in its memory.
#
#   guest.sh [-m MACHINE] [-k KERNEL] [-a APPEND] [-s FOLDER]… [-t SECONDS] -- COMMAND ARGUMENT…
#     -m MACHINE  x86_64 (default), aarch64: a Graviton's cores, and a /usr of Debian's packages for them, with a Java
#     -k KERNEL   6.1 (default), 6.12, 5.10: Debian's newest of it for clouds, fetched once by apt
#     -a APPEND   more of the kernel's command line, such as lsm=capability,bpf
#     -s FOLDER   shown to the guest
#     -t SECONDS  after which it is ended (default 240)
# Exit codes: the command's, 3 something is missing here (its name on stderr), 124 too long, 125 the guest did not get
# that far. Needs qemu-system-x86 (or -arm), busybox-static, cpio, kmod, xz-utils and, for a kernel's first time, apt.
set -euo pipefail

root=$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../../../.." && pwd)
cache=${TORIMONO_KERNELS:-$root/.build/kernels}
machine=x86_64 kernel=6.1 append="" limit=240 folders=()
while getopts m:k:a:s:t: option; do
	case $option in
	m) machine=$OPTARG ;;
	k) kernel=$OPTARG ;;
	a) append=$OPTARG ;;
	s) folders+=("$OPTARG") ;;
	t) limit=$OPTARG ;;
	*) exit 2 ;;
	esac
done
shift $((OPTIND - 1))

missing() {
	echo "guest.sh: missing: $*" >&2
	exit 3
}

case $machine in
x86_64) debian=amd64 ;;
aarch64) debian=arm64 ;;
*) missing "a machine called $machine" ;;
esac

# ---- the kernel -----------------------------------------------------------------------------------------------

# apt of another release or for another machine, beside this machine's own lists and sources.
apt_of() { # RELEASE REPOSITORY COMMAND…
	local d=$cache/apt/$1-$2-$debian suite=$1 uri
	[ "$2" != debian-security ] || suite=$1-security
	if [ ! -e "$d/conf" ]; then
		uri=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -E "/$2/?\$" | sort -u | head -n 1)
		[ -n "$uri" ] || missing "a source of $2 in apt"
		mkdir -p "$d"/lists/partial "$d"/archives/partial
		echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $uri $suite main" >"$d/sources.list"
		cat >"$d/conf" <<-END
		Dir::Etc::sourcelist "$d/sources.list";
		Dir::Etc::sourceparts "/dev/null";
		Dir::State::lists "$d/lists";
		Dir::State::status "/dev/null";
		Dir::Cache "$d";
		APT::Architecture "$debian";
		APT::Architectures {"$debian";};
		APT::Sandbox::User "root";
		END
		APT_CONFIG=$d/conf apt-get -qq update >&2 || {
			rm -f "$d/conf"
			missing "$suite at $uri"
		}
	fi
	shift 2
	APT_CONFIG=$d/conf "$@"
}

# name of the newest package; what asks apt comes first
newest() {
	local pattern=$1
	shift
	"$@" apt-cache search --names-only "$pattern" | cut -d' ' -f1 | sort -V | tail -n 1
}

fetch_kernel() {
	local package as=(env) release into=$home/$kernel.new
	command -v apt-get >/dev/null || missing "apt-get, to fetch a kernel"
	[ "$machine" = x86_64 ] || as=(apt_of bookworm debian)
	case $kernel in
	6.1) package=$(newest "^linux-image-6\.1\.0-[0-9]+-cloud-$debian\$" "${as[@]}") ;;
	6.12) package=$(newest "^linux-image-6\.12\.[0-9.]+\+deb12-cloud-$debian\$" "${as[@]}") ;;
	5.10)
		as=(apt_of bullseye debian-security)
		# Old kernels for arm64 stay in the first repository only.
		[ "$machine" = x86_64 ] || as=(apt_of bullseye debian)
		package=$(newest "^linux-image-5\.10\.0-[0-9]+-cloud-$debian\$" "${as[@]}")
		;;
	*) missing "a kernel called $kernel" ;;
	esac
	[ -n "$package" ] || missing "a kernel $kernel in apt"
	rm -rf "$into" && mkdir -p "$into/tree"
	download() { (cd "$into" && "${as[@]}" apt-get -qq -o APT::Sandbox::User=root download "$package" >&2); }
	# Lists that are old name packages that are gone.
	download || { "${as[@]}" apt-get -qq update >&2 && download; } || missing "$package in apt"
	dpkg-deb -x "$into/$package"_*.deb "$into/tree" && rm -f "$into/$package"_*.deb
	release=${package#linux-image-}
	find "$into/tree" -name '*.ko.xz' -exec xz -d {} +
	/usr/sbin/depmod -b "$into/tree" "$release"
	cp "$into/tree/boot/vmlinuz-$release" "$into/vmlinuz"
	echo "$release" >"$into/release"
	rm -rf "${home:?}/$kernel" && mv "$into" "$home/$kernel"
}

# What programs of the other machine need: a /usr, and what Java has in /etc.
fetch_usr() {
	local into=$home/root.new apt=(apt_of trixie debian) package
	command -v apt-get >/dev/null || missing "apt-get, to fetch programs of $machine"
	"${apt[@]}" apt-get -qq -y --no-install-recommends --download-only install \
		busybox-static openjdk-25-jre-headless dash perl-base coreutils findutils python3 util-linux >&2 ||
		missing "programs of $machine in apt"
	rm -rf "$into" && mkdir -p "$into"
	for package in "$cache/apt/trixie-debian-$debian"/archives/*.deb; do
		dpkg-deb -x "$package" "$into"
	done
	rm -f "$cache/apt/trixie-debian-$debian"/archives/*.deb
	rm -rf "$into/usr/share/doc" "$into/usr/share/locale"
	mv "$into/etc" "$into/usr/share/etc"
	rm -rf "$home/root" && mv "$into" "$home/root"
}

for program in "qemu-system-$machine" busybox cpio dpkg-deb xz; do
	command -v "$program" >/dev/null || missing "$program"
done
[ -x /usr/sbin/modprobe ] || missing kmod
[ -x /usr/lib/qemu/virtiofsd ] || missing "/usr/lib/qemu/virtiofsd (qemu-system-common)"
home=$cache
[ "$machine" = x86_64 ] || home=$cache/$machine
mkdir -p "$home"
exec 9>"$cache/lock"
flock 9
[ -e "$home/$kernel/release" ] || fetch_kernel
usr=/usr
if [ "$machine" != x86_64 ]; then
	[ -d "$home/root" ] || fetch_usr
	usr=$home/root/usr
fi
exec 9>&-
release=$(cat "$home/$kernel/release")

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
cp "$usr/bin/busybox" "$boot/bin/"
number=100
for module in virtio_pci virtiofs overlay virtio_rng; do
	# What is built in is no file; what others need comes first.
	/usr/sbin/modprobe -D -S "$release" -d "$home/$kernel/tree" "$module" 2>/dev/null | sed -n 's/^insmod \([^ ]*\).*/\1/p'
done | awk '!seen[$0]++' >"$work/modules"
while read -r module; do
	number=$((number + 1))
	cp "$module" "$boot/modules/$number-${module##*/}"
done <"$work/modules"
shares=("$usr" "${folders[@]}")
printf '%s\n' /usr "${folders[@]}" >"$boot/shares"
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
[ ! -d usr/share/etc ] || cp -r usr/share/etc/. etc/
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
case $machine in
x86_64) kind=(-machine q35 -cpu max) console=ttyS0 ;;
aarch64) kind=(-machine virt -cpu neoverse-n1) console=ttyAMA0 ;;
esac
code=0
timeout "$limit" "qemu-system-$machine" -accel tcg "${kind[@]}" -smp 1 -m 1536M \
	-object memory-backend-memfd,id=memory,size=1536M,share=on -numa node,memdev=memory \
	-nodefaults -display none -serial "file:$work/console" -no-reboot -device virtio-rng-pci "${devices[@]}" \
	-kernel "$home/$kernel/vmlinuz" -initrd "$work/initrd" \
	-append "console=$console quiet loglevel=1 panic=-1 $append" </dev/null >&2 || code=$?
tr -d '\r' <"$work/console"
[ "$code" != 124 ] || exit 124
code=$(sed -n 's/^guest: exit \([0-9]*\) after.*/\1/p' "$work/console" | tail -n 1)
exit "${code:-125}"
