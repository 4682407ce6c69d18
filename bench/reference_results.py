"""Where reference.py's results go: the protocol of bench/result_file.h and bench/journal.h.

A plain file is replaced as a whole when the run ends. Until then its rows are in FILE.rows, which is
locked: a second run into the same file is refused. What is no plain file is written in place.
"""

import errno
import fcntl
import json
import os
import secrets
import stat

from reference_workloads import UsageError


def refuse(path, error):
    raise UsageError(f"cannot write {path}: {error.strerror}") from None


def write_all(descriptor, data):
    """Writes all of it; raises OSError. SIGXFSZ is ignored by every Python."""
    while data:
        data = data[os.write(descriptor, data):]


def sync_folder_of(path):
    try:
        descriptor = os.open(os.path.dirname(path), os.O_RDONLY | os.O_DIRECTORY)
    except PermissionError:  # may be written, may not be read
        return
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def place_of(path):
    """(folder, name, whether that is in /proc) at the end of the path's links, which need not exist.

    Names in /proc are links to what a process has open: to follow them would lead to the file, and not
    to the descriptor.
    """
    place = path
    for _ in range(40):  # as many links as Linux follows
        folder, name = os.path.split(place)
        if name in ("", ".", ".."):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        folder = os.path.realpath(folder or ".")
        if os.stat(folder).st_dev == os.stat("/proc/self").st_dev:
            return folder, name, True
        try:
            place = os.path.join(folder, os.readlink(os.path.join(folder, name)))
        except OSError:  # no link, or nothing there yet
            return folder, name, False
    raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))


class Journal:
    """Finished rows on the disk, a line each; the steps are those of bench/journal.h."""

    def __init__(self, path):
        self.path, self.kept = path, None
        self.size, self.rows, self.pending = 0, 0, b""
        self.complained = False
        self.descriptor = None
        while not self.create():
            self.set_aside()
        sync_folder_of(path)

    def create(self):
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
            descriptor = os.open(self.path, flags, 0o644)
        except FileExistsError:
            return False
        try:
            self.lock(descriptor)
        except UsageError:
            os.close(descriptor)
            raise
        if not self.leads_to(descriptor):
            os.close(descriptor)
            return False
        self.descriptor = descriptor
        return True

    def set_aside(self):
        """Renames what a run left that did not end. Returns when it is worth trying again."""
        try:
            old = os.open(self.path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
        except FileNotFoundError:
            return
        try:
            status = os.fstat(old)
            if not stat.S_ISREG(status.st_mode):
                raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))
            self.lock(old)
            if not self.leads_to(old):
                return
            if status.st_size == 0:
                os.unlink(self.path)
                return
            number = 1
            while os.path.lexists(f"{self.path}.{number}"):
                number += 1
            self.kept = f"{self.path}.{number}"
            os.rename(self.path, self.kept)
        finally:
            os.close(old)

    def lock(self, descriptor):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            reason = f"another run is writing there: it has locked {self.path}"
            raise UsageError(reason) from None

    def leads_to(self, descriptor):
        try:
            return os.path.samestat(os.lstat(self.path), os.fstat(descriptor))
        except FileNotFoundError:
            return False

    def append(self, line, is_row=True):
        """Raises OSError where it cannot be written; it is then tried again with the next line. No part
        of a line stays behind."""
        self.pending += line.encode() + b"\n"
        self.rows += is_row
        try:
            write_all(self.descriptor, self.pending)
            os.fdatasync(self.descriptor)
        except OSError:
            os.ftruncate(self.descriptor, self.size)
            os.lseek(self.descriptor, self.size, os.SEEK_SET)
            raise
        self.size += len(self.pending)
        self.pending = b""

    def close(self, keep):
        if not keep and self.leads_to(self.descriptor):
            os.unlink(self.path)
        os.close(self.descriptor)


class ResultFile:
    """Raises UsageError where it cannot be written or is in use."""

    def __init__(self, path):
        self.path = path
        self.journal, self.in_place, self.mode = None, None, None
        try:
            folder, name, in_proc = place_of(path)
            status = os.stat(path) if os.path.exists(path) else None
            if status and stat.S_ISDIR(status.st_mode):
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            if in_proc or status and not stat.S_ISREG(status.st_mode):
                self.open_in_place(folder, name)
                return
            if status:
                # A rename would replace even a file that its owner has made read-only.
                if not os.access(path, os.W_OK):
                    raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
                self.mode = status.st_mode & 0o777
            self.target = os.path.join(folder, name)
            self.journal = Journal(self.target + ".rows")
        except (OSError, ValueError) as error:
            if isinstance(error, OSError):
                refuse(path, error)
            raise UsageError(f"cannot write {path!r}: {error}") from None  # a null byte

    def open_in_place(self, folder, name):
        if folder == f"/proc/{os.getpid()}/fd" and name.isdecimal():
            # A file that were opened anew would be written from its start, over what else goes there.
            if fcntl.fcntl(int(name), fcntl.F_GETFL) & os.O_ACCMODE == os.O_RDONLY:
                raise OSError(errno.EBADF, os.strerror(errno.EBADF))
            self.in_place = os.dup(int(name))
        else:
            self.in_place = os.open(self.path, os.O_WRONLY | os.O_NOCTTY)
            self.opened_anew = True

    opened_anew = False

    @property
    def notice(self):
        """What an earlier run left here, in one line; None where it left nothing."""
        if self.journal is None or self.journal.kept is None:
            return None
        return (f"an earlier run into {self.path} did not end; its finished rows are kept in "
                f"{self.journal.kept}")

    def start(self, context):
        if self.journal is not None:
            try:
                self.journal.append(json.dumps({"context": context}), is_row=False)
            except OSError:
                pass  # if it cannot be written, the first row will tell

    def append(self, row):
        """A finished row. Returns a line for the user where rows cannot be kept, once; else None."""
        if self.journal is None:
            return None
        try:
            self.journal.append(json.dumps(row))
        except OSError as error:
            if not self.journal.complained:
                self.journal.complained = True
                return (f"cannot write {self.journal.path}: {error.strerror}; rows are on disk only "
                        "when the run ends")
        return None

    def commit(self, text):
        """Puts it in place. Raises OSError; the old file and the journal then stay."""
        data = text.encode()
        if self.in_place is not None:
            self.write_in_place(data)
            return
        made = os.path.join(os.path.dirname(self.target), f".gilbench-{secrets.token_hex(12)}")
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        descriptor = os.open(made, flags, 0o644 if self.mode is None else self.mode)
        try:
            write_all(descriptor, data)
            if self.mode is not None:
                os.fchmod(descriptor, self.mode)
            os.fsync(descriptor)
            os.rename(made, self.target)
        except OSError:
            os.unlink(made)
            raise
        finally:
            os.close(descriptor)
        sync_folder_of(self.target)
        self.close(keep_rows=False)

    def write_in_place(self, data):
        if self.opened_anew:
            try:
                os.ftruncate(self.in_place, 0)
            except OSError as error:  # what is no file has no size to cut
                if error.errno != errno.EINVAL:
                    raise
        write_all(self.in_place, data)
        os.close(self.in_place)
        self.in_place = None

    def close(self, keep_rows=True):
        """After the last use, whether or not commit() has succeeded."""
        if self.journal is not None:
            self.journal.close(keep=keep_rows and self.journal.rows > 0)
            self.journal = None

    @property
    def place_of_rows(self):
        """Where the rows are that could not be committed; None where they are nowhere."""
        return self.journal.path if self.journal is not None and self.journal.rows else None
