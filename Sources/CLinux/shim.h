// What Glibc's module for Swift does not show, and what Swift can't call: syscall(2) and prctl(2), which take any number of
// arguments, and the numbers of system calls, some of which only some processors have; and what a signal runs, in which no
// Swift may be.
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

/// A descriptor that is ready to read once a process has ended (pidfd_open(2), Linux 5.3); -1 and `errno` if there is none.
static inline int clinux_pidfd_open(pid_t process) {
#ifdef SYS_pidfd_open
    return (int)syscall(SYS_pidfd_open, process, 0);
#else
    return (int)syscall(-1);  // ENOSYS
#endif
}

// Of glibc 2.34; Swift's view of its header leaves it out.
extern int posix_spawn_file_actions_addclosefrom_np(posix_spawn_file_actions_t *actions, int first);

/// Has the kernel end this process when the thread that started it ends.
static inline int clinux_end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0); }

/// Keeps this process, and what it starts, from ever having more rights than it has.
static inline int clinux_refuse_new_rights(void) { return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); }

/// Leaves to this thread, of all files, those beneath a folder, to read them (landlock(7), Linux 5.13).
///
/// Everything else that the kernel's version of Landlock knows is refused: other files, writing, making, removing and
/// executing files, and from Linux 6.7 on connections, from 6.12 on signals to other processes.
///
/// Returns -1 and `errno` if it does not hold; ENOSYS and EOPNOTSUPP say that the kernel has none.
static inline int clinux_allow_reading_only(const char *folder) {
#ifdef SYS_landlock_create_ruleset
    // As linux/landlock.h has them, which older systems lack.
    struct { uint64_t files, connections, scopes; } rules = {0, 0, 0};
    struct __attribute__((packed)) { uint64_t allowed; int32_t folder; } rule;
    const uint64_t readFile = 1 << 2, readFolder = 1 << 3;
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, 1);
    if (version < 0) return -1;
    rules.files = version >= 5 ? 0xFFFF : version >= 3 ? 0x7FFF : version == 2 ? 0x3FFF : 0x1FFF;
    rules.connections = version >= 4 ? 3 : 0;
    rules.scopes = version >= 6 ? 3 : 0;
    int set = (int)syscall(SYS_landlock_create_ruleset, &rules, version >= 6 ? 24 : version >= 4 ? 16 : 8, 0);
    if (set < 0) return -1;
    rule.allowed = readFile | readFolder;
    rule.folder = open(folder, O_RDONLY | O_CLOEXEC | O_DIRECTORY);
    int result = rule.folder < 0 ? -1 : (int)syscall(SYS_landlock_add_rule, set, 1, &rule, 0);
    if (result == 0) result = (int)syscall(SYS_landlock_restrict_self, set, 0);
    int reason = errno;
    if (rule.folder >= 0) close(rule.folder);
    close(set);
    errno = reason;
    return result;
#else
    (void)folder;
    errno = ENOSYS;
    return -1;
#endif
}

/// What a process says, and its exit code, when there is no memory left for it.
struct clinux_words { const void *text; size_t length; int descriptor, status; };

/// The words of this process; in a function, since Swift takes no variables of a header along.
static inline struct clinux_words *clinux_last_words(void) {
    static struct clinux_words words;
    return &words;
}

/// Ends a process that aborts for lack of memory; any other one aborts.
///
/// Swift aborts when it gets no memory, as C++ does. What the allocator has said of it is still there, or so little memory is
/// left that one sees it.
static inline void clinux_aborted(int signal) {
    const size_t enough = 64 << 20;
    if (errno != ENOMEM) {
        void *room = mmap(NULL, enough, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (room != MAP_FAILED) {
            munmap(room, enough);
            raise(signal);  // which ends the process when this returns, whoever has sent it
            return;
        }
    }
    struct clinux_words *words = clinux_last_words();
    ssize_t written = write(words->descriptor, words->text, words->length);
    (void)written;  // nobody is left to tell
    _exit(words->status);
}

/// Has the process say so, and exit, when there is no memory left for it; the text stays where it is.
static inline int clinux_tell_lack_of_memory(const void *text, size_t length, int descriptor, int status) {
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = clinux_aborted;
    action.sa_flags = SA_RESETHAND;
    *clinux_last_words() = (struct clinux_words){text, length, descriptor, status};
    return sigaction(SIGABRT, &action, NULL);
}

#if defined(__x86_64__)
#define CLINUX_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define CLINUX_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

/// Leaves to this process the system calls with which it computes, reads files and writes to what is open (seccomp(2)).
///
/// To start a program or a process, to connect, and to open a file for writing ends it with SIGSYS; any other call is an
/// error, EPERM. Returns -1 and `errno` if the kernel can't do it.
static inline int clinux_allow_computing_only(void) {
#if defined(CLINUX_ARCHITECTURE) && defined(SYS_seccomp)
    static const int allowed[] = {
        SYS_read, SYS_readv, SYS_pread64, SYS_write, SYS_writev, SYS_pwrite64, SYS_close, SYS_fstat, SYS_newfstatat,
        SYS_lseek, SYS_faccessat, SYS_readlinkat, SYS_getdents64, SYS_getcwd, SYS_fcntl, SYS_mmap, SYS_munmap,
        SYS_mremap, SYS_mprotect, SYS_brk, SYS_madvise, SYS_futex, SYS_sched_yield, SYS_sched_getaffinity,
        SYS_nanosleep, SYS_clock_nanosleep, SYS_clock_gettime, SYS_clock_getres, SYS_gettimeofday, SYS_getrandom,
        SYS_rt_sigaction, SYS_rt_sigprocmask, SYS_rt_sigreturn, SYS_sigaltstack, SYS_restart_syscall,
        SYS_getpid, SYS_gettid, SYS_getuid, SYS_geteuid, SYS_getgid, SYS_getegid, SYS_getrlimit, SYS_uname, SYS_sysinfo,
        SYS_set_robust_list, SYS_exit, SYS_exit_group,
#ifdef SYS_statx
        SYS_statx,
#endif
#ifdef SYS_faccessat2
        SYS_faccessat2,
#endif
#ifdef SYS_rseq
        SYS_rseq,
#endif
#ifdef __x86_64__
        SYS_stat, SYS_lstat, SYS_access, SYS_readlink, SYS_time, SYS_arch_prctl,
#endif
    };
    static const int fatal[] = {
        SYS_execve, SYS_execveat, SYS_clone, SYS_socket, SYS_socketpair, SYS_connect, SYS_bind, SYS_ptrace,
#ifdef SYS_clone3
        SYS_clone3,
#endif
#ifdef __x86_64__
        SYS_fork, SYS_vfork, SYS_creat,
#endif
    };
    const unsigned allowedCount = sizeof(allowed) / sizeof(*allowed), fatalCount = sizeof(fatal) / sizeof(*fatal);
    struct sock_filter filter[2 * (sizeof(allowed) / sizeof(*allowed) + sizeof(fatal) / sizeof(*fatal)) + 16];
    const unsigned writing = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND;
    unsigned count = 0;
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch));
    filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, CLINUX_ARCHITECTURE, 1, 0);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (unsigned index = 0; index < allowedCount; index++) {
        filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)allowed[index], 0, 1);
        filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    }
    for (unsigned index = 0; index < fatalCount; index++) {
        filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)fatal[index], 0, 1);
        filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    }
    // The flags are the third argument of openat, the second of open; the low half of each comes first.
    filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_openat, 0, 2);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2]));
#ifdef SYS_open
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 2);
    filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_open, 0, 4);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[1]));
#else
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 1);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_JMP | BPF_JA, 3);
#endif
    filter[count++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, writing, 0, 1);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    filter[count++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM);
    struct sock_fprog program = {(unsigned short)count, filter};
    long refused = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program);
    if (refused > 0) errno = ESRCH;  // a thread that can't be bound
    return refused == 0 ? 0 : -1;
#else
    errno = ENOSYS;
    return -1;
#endif
}
