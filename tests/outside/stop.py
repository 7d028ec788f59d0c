"""Runs a program and kills it before one system call of the thread that saves the vault.

stop.py NOTES WHICH PROGRAM ARGUMENTS..

The thread is the first that takes a lock (flock); its calls are counted from there to its end, whatever the
other threads do meanwhile. Before call number WHICH, from 1, the whole process is killed; 0 kills nothing. The
name of each call is a line of NOTES, and `killed` stands after the last where it was.
"""

import ctypes
import os
import platform
import signal
import sys

TRACEME, SETOPTIONS, SYSCALL, GET_SYSCALL_INFO = 0, 0x4200, 24, 0x420E
SYSGOOD, CLONE, EXEC, EXITKILL = 1, 1 << 3, 1 << 4, 1 << 20
ENTRY = 1
WALL = 0x40000000

NUMBERS = {
    "x86_64": """read 0 write 1 open 2 close 3 stat 4 fstat 5 lstat 6 poll 7 lseek 8 mmap 9 mprotect 10 munmap 11
        brk 12 rt_sigprocmask 14 ioctl 16 pread64 17 pwrite64 18 madvise 28 nanosleep 35 getpid 39 exit 60 uname 63 fcntl 72
        flock 73 fsync 74 fdatasync 75 ftruncate 77 getcwd 79 rename 82 mkdir 83 link 86 unlink 87 readlink 89
        fchmod 91 fchown 93 sigaltstack 131 mlock 149 munlock 150 gettid 186 futex 202 getdents64 217 fadvise64 221
        clock_gettime 228 clock_nanosleep 230 exit_group 231 keyctl 250 openat 257 mkdirat 258 newfstatat 262 unlinkat 263
        renameat 264 linkat 265 readlinkat 267 fchmodat 268 faccessat 269 set_robust_list 273 renameat2 316
        getrandom 318 statx 332 rseq 334""",
    "aarch64": """fcntl 25 flock 32 mkdirat 34 unlinkat 35 linkat 37 renameat 38 ftruncate 46 fchmodat 53 fchmod 52
        fchown 55 openat 56 close 57 getdents64 61 lseek 62 read 63 write 64 pread64 67 pwrite64 68 readlinkat 78
        newfstatat 79 fstat 80 fsync 82 fdatasync 83 exit 93 futex 98 clock_nanosleep 115 rt_sigprocmask 135
        munmap 215 mmap 222 fadvise64 223 mprotect 226 madvise 233 renameat2 276 getrandom 278 statx 291""",
}


class Info(ctypes.Structure):
    _fields_ = [
        ("op", ctypes.c_uint8),
        ("pad", ctypes.c_uint8 * 3),
        ("arch", ctypes.c_uint32),
        ("ip", ctypes.c_uint64),
        ("sp", ctypes.c_uint64),
        ("nr", ctypes.c_uint64),
        ("args", ctypes.c_uint64 * 6),
        ("more", ctypes.c_uint64),
    ]


libc = ctypes.CDLL(None, use_errno=True)
libc.ptrace.restype = ctypes.c_long
libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]


def goes_on(tid, signal_number=0):
    # - it may have died meanwhile
    libc.ptrace(SYSCALL, tid, None, signal_number)


def main():
    notes, which, program = sys.argv[1], int(sys.argv[2]), sys.argv[3:]
    words = NUMBERS[platform.machine()].split()
    names = {int(number): name for name, number in zip(words[::2], words[1::2])}
    flock = next(number for number, name in names.items() if name == "flock")
    child = os.fork()
    if child == 0:
        if libc.ptrace(TRACEME, 0, None, None) != 0:
            os._exit(99)
        os.kill(os.getpid(), signal.SIGSTOP)
        os.execve(program[0], program, os.environ)
    for one in (signal.SIGINT, signal.SIGHUP, signal.SIGTERM):
        signal.signal(one, signal.SIG_IGN)
    _, status = os.waitpid(child, 0)
    if not os.WIFSTOPPED(status):
        sys.exit(99)
    libc.ptrace(SETOPTIONS, child, None, SYSGOOD | CLONE | EXEC | EXITKILL)
    goes_on(child)
    saver, count, fresh = None, 0, set()
    info = Info()
    with open(notes, "w", buffering=1) as told:
        while True:
            try:
                tid, status = os.waitpid(-1, WALL)
            except ChildProcessError:
                sys.exit(0)
            if not os.WIFSTOPPED(status):
                if tid == child:
                    sys.exit(os.waitstatus_to_exitcode(status) & 0xFF)
                continue
            stopped = os.WSTOPSIG(status)
            if stopped == signal.SIGTRAP | 0x80:
                libc.ptrace(GET_SYSCALL_INFO, tid, ctypes.sizeof(info), ctypes.addressof(info))
                if info.op == ENTRY:
                    if saver is None and info.nr == flock:
                        saver = tid
                    if tid == saver:
                        count += 1
                        told.write(names.get(info.nr, str(info.nr)) + "\n")
                        if count == which:
                            os.kill(child, signal.SIGKILL)
                            told.write("killed\n")
                goes_on(tid)
            elif status >> 16:
                goes_on(tid)
            elif stopped == signal.SIGSTOP and tid not in fresh and tid != child:
                # - a new thread begins with it
                fresh.add(tid)
                goes_on(tid)
            else:
                goes_on(tid, stopped)


main()
