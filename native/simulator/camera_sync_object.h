// IMFCameraSyncObject: one registration for an event of the media source.
#pragma once

#include <windows.h>

#include <atomic>
#include <memory>

#include "children.h"
#include "com_ptr.h"
#include "host.h"
#include "ks_control.h"
#include "mfvirtualcamera_abi.h"
#include "unknown.h"

namespace mfvcam::simulator {

class CameraSyncObject final : public IMFCameraSyncObject, public Child {
 public:
    // Registers notification for event with source; handle is what notification names.
    static HRESULT make(const std::shared_ptr<HostedSource>& source,
                        const std::shared_ptr<Children>& children, const KSEVENT& event,
                        const KSEVENTDATA& notification, HANDLE handle,
                        ComPtr<IMFCameraSyncObject>& syncObject);

    bool tryRetain() noexcept override { return references_.tryAdd(); }
    void releaseRetained() noexcept override { Release(); }
    void shutdownByCamera() noexcept override { Shutdown(); }

    STDMETHODIMP QueryInterface(REFIID iid, void** object) override;
    STDMETHODIMP_(ULONG) AddRef() override;
    STDMETHODIMP_(ULONG) Release() override;

    STDMETHODIMP WaitOnSignal(DWORD timeOutInMs) override;
    STDMETHODIMP_(void) Shutdown() override;

 private:
    CameraSyncObject(const std::shared_ptr<HostedSource>& source,
                     const std::shared_ptr<Children>& children, const KSEVENT& event,
                     const KSEVENTDATA& notification) noexcept;
    ~CameraSyncObject();
    HRESULT enable(HANDLE handle) noexcept;

    ReferenceCount references_;
    const std::shared_ptr<HostedSource> source_;
    const std::shared_ptr<Children> children_;
    KSEVENT event_;
    KSEVENTDATA notification_;  // its address is the registration's identity
    HANDLE signal_ = nullptr;   // a duplicate: the caller may close its own at any time
    HANDLE ended_ = nullptr;    // set by Shutdown
    bool enabled_ = false;      // written before anybody else knows the object
    std::atomic<bool> fired_{false};
    std::atomic<bool> shutDown_{false};
};

}  // namespace mfvcam::simulator
