#include "Dispatch.h"
#include "CTelephonyKernels.h"

#if defined(__x86_64__)
_Thread_local bool tk_is_baseline;

void tk_use_baseline(bool is_baseline) { tk_is_baseline = is_baseline; }
#else
void tk_use_baseline(bool is_baseline) { (void)is_baseline; }
#endif
