// Glibc's module for Swift does not show sys/pidfd.h, and Swift can't call syscall(2), which takes any number of arguments.
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
