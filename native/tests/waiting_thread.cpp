#include "waiting_thread.h"

#include <future>
#include <utility>

namespace mfvcam::tests {
namespace {

UINT_PTR program_counter(const CONTEXT& context) {
#if defined(_M_ARM64) || defined(__aarch64__)
    return context.Pc;
#elif defined(_M_X64) || defined(__x86_64__)
    return context.Rip;
#else
    return context.Eip;
#endif
}

// Nothing else tells it from outside: a thread in a system call stands at the end of its stub.
bool is_in_wait(HANDLE thread) {
    constexpr UINT_PTR stub_size = 0x20;
    static const auto stub = reinterpret_cast<UINT_PTR>(
        GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "NtWaitForMultipleObjects"));
    if (SuspendThread(thread) == static_cast<DWORD>(-1)) {
        return false;
    }
    CONTEXT context{};
    context.ContextFlags = CONTEXT_CONTROL;
    const bool known = GetThreadContext(thread, &context) != FALSE;
    ResumeThread(thread);
    const UINT_PTR at = program_counter(context);
    return known && at > stub && at < stub + stub_size;
}

}  // namespace

WaitingThread::WaitingThread(const std::function<void()>& call) {
    std::promise<HANDLE> itself;
    std::future<HANDLE> handle = itself.get_future();
    thread_ = std::thread([itself = std::move(itself), call]() mutable {
        HANDLE duplicate = nullptr;
        DuplicateHandle(GetCurrentProcess(), GetCurrentThread(), GetCurrentProcess(), &duplicate, 0,
                        FALSE, DUPLICATE_SAME_ACCESS);
        itself.set_value(duplicate);
        call();
    });
    handle_ = handle.get();
}

WaitingThread::~WaitingThread() {
    CloseHandle(handle_);
}

bool WaitingThread::is_inside_its_wait(DWORD patience) const {
    const ULONGLONG end = GetTickCount64() + patience;
    while (!is_in_wait(handle_)) {
        if (GetTickCount64() > end) {
            return false;
        }
        Sleep(1);
    }
    return true;
}

}  // namespace mfvcam::tests
