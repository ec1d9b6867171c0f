// Stamps the loops of the including file's KERNELS(suffix, attributes) out once per instruction set, and calls those that
// the processor has by DISPATCH(function, arguments).

KERNELS(baseline, )
#if defined(__x86_64__) && !defined(TK_BASELINE_ONLY)
KERNELS(avx2, __attribute__((target("avx2,fma"))))
#define DISPATCH(function, ...)                                                                                        \
    (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? function##_avx2(__VA_ARGS__)                    \
                                                                     : function##_baseline(__VA_ARGS__))
#else
#define DISPATCH(function, ...) function##_baseline(__VA_ARGS__)
#endif
