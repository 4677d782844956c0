// What the class factory makes: it carries attributes and makes the media source.
#pragma once

#include <windows.h>

#include <mfobjects.h>

#include <memory>

#include "forwarded_attributes.h"
#include "media_source.h"
#include "module_object.h"

namespace mfvcam::source {

class Activate final : public ModuleObject<Activate, ForwardedAttributes<IMFActivate>> {
 public:
    // Throws std::bad_alloc.
    static HRESULT create(ComPtr<Activate>* activate);

    void* find_interface(REFIID iid) noexcept;

    // IMFActivate
    STDMETHODIMP ActivateObject(REFIID iid, void** object) noexcept override;
    STDMETHODIMP ShutdownObject() noexcept override;
    STDMETHODIMP DetachObject() noexcept override;

 private:
    std::shared_ptr<WeakLink<MediaSource>> last_link() noexcept;
    // False, and nothing done, if it is no longer the last one.
    bool replace_link(const std::shared_ptr<WeakLink<MediaSource>>& last,
                      std::shared_ptr<WeakLink<MediaSource>> link) noexcept;
    HRESULT activate(ComPtr<MediaSource>* source);

    Lock lock_;
    // Not a reference: the source lives as long as its users want.
    std::shared_ptr<WeakLink<MediaSource>> source_;
};

}  // namespace mfvcam::source
