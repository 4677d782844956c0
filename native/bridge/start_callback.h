// The IMFAsyncCallback every camera is started with: without it, a wait on a bare handle would
// sleep on after the service died.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <array>

#include "com_object.h"
#include "com_ptr.h"
#include "lock.h"
#include "virtual_camera.h"

namespace mfvcam {

class StartCallback final : public ComObject<StartCallback, IMFAsyncCallback> {
 public:
    // Keeps the camera's memory only; events after its close go nowhere.
    explicit StartCallback(Ref<VirtualCamera> camera) noexcept : camera_(std::move(camera)) {}

    void* find_interface(REFIID iid) noexcept;

    STDMETHODIMP GetParameters(DWORD* flags, DWORD* queue) override;
    STDMETHODIMP Invoke(IMFAsyncResult* result) override;

 private:
    bool is_new(const ComPtr<IMFMediaEvent>& event) noexcept;

    const Ref<VirtualCamera> camera_;
    Lock lock_;
    // The last events told, held so that no other gets the address of one of them.
    std::array<ComPtr<IMFMediaEvent>, 64> told_;  // lock_
    size_t next_ = 0;                             // lock_
};

}  // namespace mfvcam
