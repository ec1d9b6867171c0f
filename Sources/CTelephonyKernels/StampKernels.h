// Stamps the loops of the including file's KERNELS(suffix, attributes) out once per instruction set, for DISPATCH to choose.

#include "Dispatch.h"

KERNELS(baseline, )
#if defined(__x86_64__)
KERNELS(avx2, __attribute__((target("avx2,fma"))))
#endif
