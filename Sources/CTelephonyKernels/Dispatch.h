#ifndef DISPATCH_H
#define DISPATCH_H

#include <stdbool.h>

// DISPATCH(function, arguments) calls function_avx2 where the processor has AVX2 and FMA, and function_baseline elsewhere.
#if defined(__x86_64__)
// Set by tk_use_baseline. It lies where a thread's own variables do, so that asking costs a load and no call.
extern _Thread_local bool tk_is_baseline __attribute__((visibility("hidden"), tls_model("initial-exec")));

static inline bool has_avx2(void) {
    return !tk_is_baseline && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}

#define DISPATCH(function, ...) (has_avx2() ? function##_avx2(__VA_ARGS__) : function##_baseline(__VA_ARGS__))
#else
#define DISPATCH(function, ...) function##_baseline(__VA_ARGS__)
#endif

#endif
