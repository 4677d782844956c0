#include "activate.h"

#include <mfapi.h>

#include "guard.h"

namespace mfvcam::source {
namespace {

ComPtr<MediaSource> living_source(const std::shared_ptr<WeakLink<MediaSource>>& link) noexcept {
    ComPtr<MediaSource> source;
    if (link) {
        source = link->get();
    }
    if (source && source->is_shut_down()) {
        source.reset();
    }
    return source;
}

}  // namespace

HRESULT Activate::create(ComPtr<Activate>* activate) {
    auto made = make_object<Activate>();
    const HRESULT hr = MFCreateAttributes(made->store_.put(), 8);
    if (SUCCEEDED(hr)) {
        *activate = std::move(made);
    }
    return hr;
}

void* Activate::find_interface(REFIID iid) noexcept {
    if (iid == __uuidof(IUnknown) || iid == __uuidof(IMFAttributes) ||
        iid == __uuidof(IMFActivate)) {
        return static_cast<IMFActivate*>(this);
    }
    return nullptr;
}

STDMETHODIMP Activate::ActivateObject(REFIID iid, void** object) noexcept {
    if (object == nullptr) {
        return E_POINTER;
    }
    *object = nullptr;
    return guarded([&] {
        ComPtr<MediaSource> source;
        const HRESULT hr = activate(&source);
        return SUCCEEDED(hr) ? source->QueryInterface(iid, object) : hr;
    });
}

STDMETHODIMP Activate::ShutdownObject() noexcept {
    // The Frame Server's contract asks for this answer from a camera's source, and for the next.
    return E_NOTIMPL;
}

STDMETHODIMP Activate::DetachObject() noexcept {
    return E_NOTIMPL;
}

std::shared_ptr<WeakLink<MediaSource>> Activate::last_link() noexcept {
    const LockGuard guard(lock_);
    return source_;
}

bool Activate::replace_link(const std::shared_ptr<WeakLink<MediaSource>>& last,
                            std::shared_ptr<WeakLink<MediaSource>> link) noexcept {
    const LockGuard guard(lock_);
    if (source_ != last) {
        return false;
    }
    source_.swap(link);
    return true;
}

HRESULT Activate::activate(ComPtr<MediaSource>* source) {
    ComPtr<MediaSource> made;
    for (;;) {
        // The same source again while it is of use; one that was shut down is not.
        const auto last = last_link();
        *source = living_source(last);
        if (*source) {
            break;
        }
        if (!made) {
            const HRESULT hr = MediaSource::create(store_.get(), &made);
            if (FAILED(hr)) {
                return hr;
            }
        }
        if (replace_link(last, made->link())) {
            source->swap(made);
            return S_OK;
        }
        // Another thread was faster: its source is everybody's, if it is still of use.
    }
    if (made) {
        made->Shutdown();
    }
    return S_OK;
}

}  // namespace mfvcam::source
