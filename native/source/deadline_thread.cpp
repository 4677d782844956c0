#include "deadline_thread.h"

#include <algorithm>
#include <array>
#include <utility>

#include "guard.h"
#include "module.h"
#include "system_time.h"

#ifndef CREATE_WAITABLE_TIMER_HIGH_RESOLUTION
#define CREATE_WAITABLE_TIMER_HIGH_RESOLUTION 0x2
#endif

namespace mfvcam::source {
namespace {

struct ThreadContext {
    std::shared_ptr<DeadlineThread> self;
    HMODULE module;
};

HANDLE create_timer() noexcept {
    constexpr DWORD access = TIMER_MODIFY_STATE | SYNCHRONIZE;
    HANDLE timer =
        CreateWaitableTimerExW(nullptr, nullptr, CREATE_WAITABLE_TIMER_HIGH_RESOLUTION, access);
    if (timer == nullptr) {
        // Before Windows 10 1803.
        timer = CreateWaitableTimerExW(nullptr, nullptr, 0, access);
    }
    return timer;
}

}  // namespace

HRESULT DeadlineThread::start(std::int64_t deadline, Callback callback,
                              std::shared_ptr<DeadlineThread>* thread) {
    thread->reset();
    std::shared_ptr<DeadlineThread> self(new DeadlineThread(deadline, std::move(callback)));
    HRESULT hr = self->create_handles();
    if (FAILED(hr)) {
        return hr;
    }
    auto context = std::make_unique<ThreadContext>();
    context->self = self;
    context->module = Module::reference();
    if (context->module == nullptr) {
        return hresult_from_last_error();
    }
    Module::add_object();
    const HANDLE handle = CreateThread(nullptr, 0, &thread_main, context.get(), 0, nullptr);
    if (handle == nullptr) {
        hr = hresult_from_last_error();
        Module::remove_object();
        FreeLibrary(context->module);
        return hr;
    }
    CloseHandle(handle);
    [[maybe_unused]] const ThreadContext* owned_by_the_thread = context.release();
    *thread = std::move(self);
    return S_OK;
}

DeadlineThread::~DeadlineThread() {
    for (const HANDLE handle : {wake_, timer_}) {
        if (handle != nullptr) {
            CloseHandle(handle);
        }
    }
}

HRESULT DeadlineThread::create_handles() noexcept {
    wake_ = CreateEventW(nullptr, FALSE, FALSE, nullptr);
    if (wake_ == nullptr) {
        return hresult_from_last_error();
    }
    timer_ = create_timer();
    return timer_ == nullptr ? hresult_from_last_error() : S_OK;
}

void DeadlineThread::wake() noexcept {
    {
        const LockGuard guard(lock_);
        woken_ = true;
    }
    SetEvent(wake_);
}

void DeadlineThread::stop() noexcept {
    {
        const LockGuard guard(lock_);
        stopped_ = true;
    }
    SetEvent(wake_);
}

DWORD WINAPI DeadlineThread::thread_main(void* context) noexcept {
    HMODULE module = nullptr;
    {
        const std::unique_ptr<ThreadContext> owned(static_cast<ThreadContext*>(context));
        module = owned->module;
        owned->self->run();
    }
    Module::remove_object();
    FreeLibraryAndExitThread(module, 0);
}

void DeadlineThread::run() noexcept {
    for (;;) {
        bool due = false;
        std::int64_t deadline = kNever;
        const std::int64_t now = system_time();
        {
            const LockGuard guard(lock_);
            if (stopped_) {
                break;
            }
            due = std::exchange(woken_, false) || deadline_ <= now;
            deadline = deadline_;
        }
        if (due) {
            // It throws nothing; if it did, the thread would go on, slowly.
            deadline = now + kSecond;
            guarded([&] {
                deadline = callback_(now);
                return S_OK;
            });
            const LockGuard guard(lock_);
            deadline_ = deadline;
        } else {
            sleep_until(deadline);
        }
    }
    // What it captured goes now, on this thread, and not with the last reference.
    callback_ = nullptr;
}

void DeadlineThread::sleep_until(std::int64_t deadline) noexcept {
    const std::array handles = {wake_, timer_};
    DWORD count = 1;
    DWORD timeout = INFINITE;
    if (deadline != kNever) {
        const std::int64_t left = deadline - system_time();
        if (left <= 0) {
            return;
        }
        LARGE_INTEGER due;
        due.QuadPart = -left;  // relative: the wall clock may be set
        if (SetWaitableTimer(timer_, &due, 0, nullptr, nullptr, FALSE) != FALSE) {
            count = static_cast<DWORD>(handles.size());
        } else {
            timeout = static_cast<DWORD>(std::clamp<std::int64_t>(left / kMillisecond, 1, 1000));
        }
    }
    if (WaitForMultipleObjects(count, handles.data(), FALSE, timeout) == WAIT_FAILED) {
        Sleep(1);  // cannot happen with handles of our own; if it does, do not spin
    }
}

}  // namespace mfvcam::source
