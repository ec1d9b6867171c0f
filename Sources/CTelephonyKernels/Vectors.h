#ifndef VECTORS_H
#define VECTORS_H

// One source for every instruction set: vectors of eight floats, which the compiler lowers to one AVX register or to two
// SSE or NEON registers.
typedef float float8 __attribute__((vector_size(32), aligned(4)));

#endif
