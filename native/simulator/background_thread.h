// A thread that nobody waits for.
#pragma once

#include <windows.h>

#include <objbase.h>

#include <functional>
#include <memory>

#include "guard.h"

namespace mfvcam::simulator {

inline DWORD WINAPI background_thread_main(void* context) {
    const std::unique_ptr<std::function<void()>> body(static_cast<std::function<void()>*>(context));
    const bool initialized = SUCCEEDED(CoInitializeEx(nullptr, COINIT_MULTITHREADED));
    guarded([&] {
        (*body)();
        return S_OK;
    });
    if (initialized) {
        CoUninitialize();
    }
    return 0;
}

// It runs body in the multithreaded apartment; throws std::bad_alloc.
inline HRESULT run_in_background(std::function<void()> body) {
    auto context = std::make_unique<std::function<void()>>(std::move(body));
    const HANDLE thread =
        CreateThread(nullptr, 0, &background_thread_main, context.get(), 0, nullptr);
    if (thread == nullptr) {
        return hresult_from_last_error();
    }
    CloseHandle(thread);
    [[maybe_unused]] const auto* owned_by_the_thread = context.release();
    return S_OK;
}

}  // namespace mfvcam::simulator
