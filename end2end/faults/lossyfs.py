"""A disk that forgets: a FUSE file system that keeps, at a cut, only what was synced.

    python3 lossyfs.py STATE MOUNTPOINT [--keep none|some] [--seed N]

STATE holds every file twice: `live/ID` is what programs see, `disk/ID` what a power cut leaves. A write goes to
`live` only; fsync or fdatasync of the file copies what changed to `disk`. A name (create, rename, unlink, mkdir)
becomes durable when its directory is synced, and not before: harsher than ext4, as harsh as POSIX allows.

Making a file named `.cut` in the root cuts the power: from then on every operation answers EIO, and `disk` with the
durable names is the machine after the cut. `--keep some` lets each unsynced page, name and size survive by chance
(seeded), as real disks do: torn files, reordered writes. `restore()` lays out the durable tree as plain files.
"""

import argparse
import errno
import json
import os
import random
import shutil
import stat
import sys
import time

try:  # Debian calls the module fusepy, PyPI calls it fuse.
    import fusepy as fuse
except ImportError:
    import fuse

PAGE = 4096
CUT = ".cut"


class File:
    """One inode. `dirty` are the pages written since the last sync, `size` the durable length."""

    def __init__(self, number, mode):
        self.number, self.mode = number, mode
        self.dirty, self.durable_size, self.length = set(), 0, 0
        self.mtime = time.time()
        self.durable_mode = mode


class Socket:
    """The name of a Unix socket: nothing of it survives a cut."""

    def __init__(self, number, mode):
        self.number, self.mode, self.mtime = number, mode, time.time()


class Directory:
    def __init__(self, number, mode):
        self.number, self.mode = number, mode
        self.names, self.durable = {}, {}
        self.mtime = time.time()


class Lossy(fuse.Operations):
    def __init__(self, state, keep="none", seed=0):
        self.state, self.keep, self.chance = state, keep, random.Random(seed)
        for name in ("live", "disk"):
            os.makedirs(os.path.join(state, name), exist_ok=True)
        self.count, self.root, self.handles, self.next_handle = 0, None, {}, 1
        self.is_cut = False
        self.stats = {"syncs": 0, "lost_pages": 0, "lost_names": 0}
        self.root = Directory(0, 0o755)

    # -- helpers ---------------------------------------------------------
    def path(self, kind, number):
        return os.path.join(self.state, kind, str(number))

    def alive(self):
        if self.is_cut:
            raise fuse.FuseOSError(errno.EIO)

    def node(self, path):
        self.alive()
        here = self.root
        for part in path.split("/"):
            if not part:
                continue
            if not isinstance(here, Directory):
                raise fuse.FuseOSError(errno.ENOTDIR)
            here = here.names.get(part)
            if here is None:
                raise fuse.FuseOSError(errno.ENOENT)
        return here

    def parent(self, path):
        head, _, name = path.rpartition("/")
        return self.node(head or "/"), name

    def fresh(self):
        self.count += 1
        return self.count

    def open_handle(self, node):
        fd = os.open(self.path("live", node.number), os.O_RDWR)
        handle = self.next_handle
        self.next_handle += 1
        self.handles[handle] = (node, fd)
        return handle

    # -- names -----------------------------------------------------------
    def getattr(self, path, fh=None):
        self.alive()
        node = self.handles[fh][0] if fh in self.handles else self.node(path)
        if isinstance(node, Directory):
            return dict(st_mode=stat.S_IFDIR | node.mode, st_nlink=2, st_uid=os.getuid(), st_gid=os.getgid(),
                        st_size=4096, st_mtime=node.mtime, st_ctime=node.mtime, st_atime=node.mtime)
        if isinstance(node, Socket):
            return dict(st_mode=stat.S_IFSOCK | node.mode, st_nlink=1, st_uid=os.getuid(), st_gid=os.getgid(), st_size=0,
                        st_mtime=node.mtime, st_ctime=node.mtime, st_atime=node.mtime)
        return dict(st_mode=stat.S_IFREG | node.mode, st_nlink=1, st_uid=os.getuid(), st_gid=os.getgid(),
                    st_size=node.length, st_blocks=(node.length + 511) // 512, st_mtime=node.mtime, st_ctime=node.mtime,
                    st_atime=node.mtime)

    def readdir(self, path, fh):
        return [".", ".."] + list(self.node(path).names)

    def mkdir(self, path, mode):
        parent, name = self.parent(path)
        if name in parent.names:
            raise fuse.FuseOSError(errno.EEXIST)
        parent.names[name] = Directory(self.fresh(), mode & 0o7777)

    def mknod(self, path, mode, dev):
        parent, name = self.parent(path)
        if name in parent.names:
            raise fuse.FuseOSError(errno.EEXIST)
        if not stat.S_ISSOCK(mode):
            raise fuse.FuseOSError(errno.EPERM)
        parent.names[name] = Socket(self.fresh(), mode & 0o7777)

    def rmdir(self, path):
        parent, name = self.parent(path)
        if self.node(path).names:
            raise fuse.FuseOSError(errno.ENOTEMPTY)
        del parent.names[name]

    def unlink(self, path):
        parent, name = self.parent(path)
        if name not in parent.names:
            raise fuse.FuseOSError(errno.ENOENT)
        del parent.names[name]

    def rename(self, old, new):
        (source, name), (target, new_name) = self.parent(old), self.parent(new)
        target.names[new_name] = source.names.pop(name)

    def link(self, target, source):
        parent, name = self.parent(target)
        parent.names[name] = self.node(source)

    def chmod(self, path, mode):
        self.node(path).mode = mode & 0o7777

    def chown(self, path, uid, gid):
        self.node(path)

    def utimens(self, path, times=None):
        self.node(path).mtime = times[1] if times else time.time()

    def statfs(self, path):
        self.alive()
        real = os.statvfs(self.state)
        return {key: getattr(real, key) for key in ("f_bavail", "f_bfree", "f_blocks", "f_bsize", "f_favail", "f_ffree",
                                                     "f_files", "f_flag", "f_frsize", "f_namemax")}

    def access(self, path, mode):
        self.node(path)

    # -- contents --------------------------------------------------------
    def create(self, path, mode, fi=None):
        parent, name = self.parent(path)
        if path == "/" + CUT:
            self.cut()
            raise fuse.FuseOSError(errno.EIO)
        node = parent.names.get(name)
        if node is None:
            node = File(self.fresh(), mode & 0o7777)
            open(self.path("live", node.number), "wb").close()
            open(self.path("disk", node.number), "wb").close()
            parent.names[name] = node
        return self.open_handle(node)

    def open(self, path, flags):
        node = self.node(path)
        if isinstance(node, Directory):
            raise fuse.FuseOSError(errno.EISDIR)
        handle = self.open_handle(node)
        if flags & os.O_TRUNC:
            self.truncate(path, 0, handle)
        return handle

    def read(self, path, size, offset, fh):
        self.alive()
        return os.pread(self.handles[fh][1], size, offset)

    def write(self, path, data, offset, fh):
        self.alive()
        node, fd = self.handles[fh]
        os.pwrite(fd, data, offset)
        node.dirty.update(range(offset // PAGE, (offset + len(data) + PAGE - 1) // PAGE))
        node.length = max(node.length, offset + len(data))
        node.mtime = time.time()
        return len(data)

    def truncate(self, path, length, fh=None):
        self.alive()
        node = self.handles[fh][0] if fh in self.handles else self.node(path)
        os.truncate(self.path("live", node.number), length)
        last = (max(node.length, length) + PAGE - 1) // PAGE
        node.dirty.update(range(min(node.length, length) // PAGE, last))
        node.length, node.mtime = length, time.time()

    def flush(self, path, fh):
        self.alive()

    def release(self, path, fh):
        _, fd = self.handles.pop(fh)
        os.close(fd)

    def fsync(self, path, datasync, fh):
        self.alive()
        node, fd = self.handles[fh]
        self.stats["syncs"] += 1
        self.sync_pages(node, node.dirty)
        os.truncate(self.path("disk", node.number), node.length)
        node.durable_size, node.durable_mode = node.length, node.mode
        node.dirty.clear()

    def fsyncdir(self, path, datasync, fh):
        node = self.node(path)
        self.stats["syncs"] += 1
        node.durable = dict(node.names)

    def sync_pages(self, node, pages):
        with open(self.path("live", node.number), "rb") as live, open(self.path("disk", node.number), "r+b") as disk:
            for page in sorted(pages):
                live.seek(page * PAGE)
                data = live.read(PAGE)
                if data:
                    disk.seek(page * PAGE)
                    disk.write(data)

    # -- the cut ---------------------------------------------------------
    def cut(self):
        """Decides what survives and writes the plan that `restore` follows. Nothing answers afterwards."""
        self.is_cut = True
        some = self.keep == "some"
        for node in self.reachable():
            if isinstance(node, File):
                if some and node.dirty:
                    kept = {page for page in node.dirty if self.chance.random() < 0.5}
                    self.stats["lost_pages"] += len(node.dirty) - len(kept)
                    grown = node.length if self.chance.random() < 0.5 else node.durable_size
                    self.sync_pages(node, kept)
                    os.truncate(self.path("disk", node.number), grown)
                else:
                    self.stats["lost_pages"] += len(node.dirty)
            elif isinstance(node, Directory):
                for name in set(node.names) | set(node.durable):
                    live, durable = node.names.get(name), node.durable.get(name)
                    if live is durable:
                        continue
                    if some and self.chance.random() < 0.5:
                        if live is None:
                            node.durable.pop(name)
                        else:
                            node.durable[name] = live
                    else:
                        self.stats["lost_names"] += 1
        with open(os.path.join(self.state, "cut.json"), "w") as out:
            json.dump({"tree": self.plan(self.root), "stats": self.stats}, out)

    def reachable(self):
        seen, queue = {}, [self.root]
        while queue:
            node = queue.pop()
            if id(node) in seen:
                continue
            seen[id(node)] = node
            if isinstance(node, Directory):
                queue.extend(node.names.values())
                queue.extend(node.durable.values())
        return list(seen.values())

    def plan(self, directory):
        return {name: ({"mode": node.mode, "names": self.plan(node)} if isinstance(node, Directory)
                       else {"mode": node.durable_mode, "file": node.number})
                for name, node in directory.durable.items() if not isinstance(node, Socket)}


def restore(state, into):
    """Lays out what survived the cut as plain files; returns the cut's statistics."""
    with open(os.path.join(state, "cut.json")) as plan:
        plan = json.load(plan)

    def lay(names, folder):
        os.makedirs(folder, exist_ok=True)
        for name, node in names.items():
            path = os.path.join(folder, name)
            if "file" in node:
                shutil.copyfile(os.path.join(state, "disk", str(node["file"])), path)
            else:
                lay(node["names"], path)
            os.chmod(path, node["mode"])

    lay(plan["tree"], into)
    return plan["stats"]


def load(state, source):
    """The opposite of restore: starts the file system from plain files, all durable. Called before mounting."""
    lossy = Lossy(state)

    def take(folder, directory):
        for name in os.listdir(folder):
            path = os.path.join(folder, name)
            if not (os.path.isdir(path) or os.path.isfile(path)):
                continue
            mode = stat.S_IMODE(os.lstat(path).st_mode)
            if os.path.isdir(path):
                node = Directory(lossy.fresh(), mode)
                take(path, node)
            else:
                node = File(lossy.fresh(), mode)
                shutil.copyfile(path, lossy.path("live", node.number))
                shutil.copyfile(path, lossy.path("disk", node.number))
                node.length = node.durable_size = os.path.getsize(path)
            directory.names[name] = node
        directory.durable = dict(directory.names)

    take(source, lossy.root)
    return lossy


def main():
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("state")
    options.add_argument("mountpoint")
    options.add_argument("--from", dest="source", help="start from this folder's files, all durable")
    options.add_argument("--keep", choices=("none", "some"), default="none")
    options.add_argument("--seed", type=int, default=0)
    given = options.parse_args()
    lossy = load(given.state, given.source) if given.source else Lossy(given.state)
    lossy.keep, lossy.chance = given.keep, random.Random(given.seed)
    # One thread: the order of operations is the order of truth. Nothing is cached by name, data by page.
    fuse.FUSE(lossy, given.mountpoint, foreground=True, nothreads=True, big_writes=True, attr_timeout=0, entry_timeout=0)


if __name__ == "__main__":
    sys.exit(main())
