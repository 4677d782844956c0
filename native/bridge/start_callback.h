// The IMFAsyncCallback every camera is started with: without it, a wait on a bare handle would
// sleep on after the service died.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include "com_object.h"
#include "virtual_camera.h"

namespace mfvcam {

class StartCallback final : public ComObject<StartCallback, IMFAsyncCallback> {
 public:
    // Keeps the camera's memory only; events after its close go nowhere.
    StartCallback(Ref<VirtualCamera> camera, EventRegistrations::Id registration,
                  UINT32 life) noexcept
        : camera_(std::move(camera)), registration_(registration), life_(life) {}

    void* find_interface(REFIID iid) noexcept;

    STDMETHODIMP GetParameters(DWORD* flags, DWORD* queue) override;
    STDMETHODIMP Invoke(IMFAsyncResult* result) override;

 private:
    const Ref<VirtualCamera> camera_;
    const EventRegistrations::Id registration_;
    const UINT32 life_;
};

}  // namespace mfvcam
